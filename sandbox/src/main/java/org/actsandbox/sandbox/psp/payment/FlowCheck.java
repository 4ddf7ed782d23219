package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.a402.ConfirmationLinks;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One flow has one intent and one delegation (ACT TSD-2): the payment names those that the order
 * was confirmed under. A bill that does not name its flow, such as one of a merchant from outside,
 * is taken as it is.
 */
public final class FlowCheck {

  private FlowCheck() {}

  /**
   * @param intentId of the payment: the credential's, or what the request says; null for any
   * @param delegationId of the payment; null when it rests on none
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

  /** The intent of a flow: the payment's, or else the one that the bill names. */
  public static @Nullable String intent(PaymentNeeded.Bill bill, @Nullable String paid) {
    return paid == null ? ConfirmationLinks.of(bill).intentId() : paid;
  }
}
