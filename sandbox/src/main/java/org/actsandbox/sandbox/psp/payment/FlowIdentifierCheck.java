package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.a402.ConfirmationLinks;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a payment names the intent and the delegation that its order was confirmed under (ACT
 * TSD-2). A bill that names no intent, such as one of an external merchant, is accepted as it is.
 */
public final class FlowIdentifierCheck {

  private FlowIdentifierCheck() {}

  /**
   * @param intentId the payment's intent, from the credential or the request; null for any
   * @param delegationId the payment's delegation; null when it rests on none
   * @throws Refusal {@code intent_mismatch}, {@code delegation_mismatch}
   */
  public static void require(
      PaymentNeeded.Bill bill, @Nullable String intentId, @Nullable String delegationId) {
    var order = ConfirmationLinks.of(bill);
    if (order.intentId() == null) {
      return;
    }
    if (intentId != null && !intentId.equals(order.intentId())) {
      throw new Refusal(
              Problem.INTENT_MISMATCH, "the order was confirmed under another intent than this")
          .at("bill.commerce_confirmation.confirmation_uri")
          .expected("intent_id " + intentId)
          .observed("intent_id " + order.intentId())
          .remedy("Confirm a cart with the intent_id of the payment, and pay that order.");
    }
    if (!String.valueOf(delegationId).equals(String.valueOf(order.delegationId()))) {
      throw new Refusal(
              Problem.DELEGATION_MISMATCH,
              "the order was not confirmed for a payment under this delegation")
          .at("bill.commerce_confirmation.confirmation_uri")
          .expected(delegationId == null ? "no delegation_id" : "delegation_id " + delegationId)
          .observed(
              order.delegationId() == null
                  ? "no delegation_id"
                  : "delegation_id " + order.delegationId())
          .remedy(
              "Confirm a cart (or ask for the service) with the delegation_id of the payment, and"
                  + " pay that order.");
    }
  }

  /** Returns the intent of a flow: the payment's, or else the one that the bill names. */
  public static @Nullable String intent(PaymentNeeded.Bill bill, @Nullable String paid) {
    return paid == null ? ConfirmationLinks.of(bill).intentId() : paid;
  }
}
