package org.actsandbox.sandbox.psp.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the payee's bill in a payment request: the payee signed it, and it states the same as the
 * request.
 */
public final class BillCheck {

  private BillCheck() {}

  /** Represents a payment request that carries a bill. */
  public interface BilledRequest {

    /** Returns the bill as it was received, with unknown fields. */
    JsonNode rawBill();

    /**
     * Returns the bill's method layer as it was received; a missing node where the request does not
     * pass it on.
     */
    JsonNode rawMethod();

    Claim claim();

    /** Returns the identifier of this payment service. */
    Did psp();

    Money amount();

    KeyDirectory keys();

    Instant now();
  }

  /** Holds the bill and the request's own statements that the bill must match. */
  public record Claim(
      PaymentNeeded.Bill bill,
      String payee,
      String merchantOrderNo,
      String currency,
      String agentId) {}

  /**
   * Checks signatures, content and expiry.
   *
   * @throws Refusal for a bad signature; {@code bill_mismatch}; {@code bill_expired}; in this order
   */
  public static void check(BillCheck.BilledRequest billedRequest) {
    requireSignatures(billedRequest);
    requireSame(billedRequest);
    requireNotExpired(billedRequest);
  }

  /**
   * Passes when the payee signed both layers (A402-2), and the method layer for this bill and this
   * payment service. A request may leave the method layer out, because amount and payee are in the
   * protocol layer. Base fields are read only from the protocol layer.
   *
   * @throws Refusal for a bad signature; {@code bill_mismatch} when another participant signed, or
   *     the method layer belongs to another bill or another payment service
   */
  static void requireSignatures(BillCheck.BilledRequest asking) {
    verify(
        "bill",
        "the bill",
        () ->
            requireSame(
                "bill.signer_id",
                SignedJson.verify(asking.rawBill(), asking.keys()).value(),
                asking.claim().payee()));
    if (asking.rawMethod().isMissingNode() || asking.rawMethod().isNull()) {
      return;
    }
    verify("bill_method", "the method layer of the bill", () -> requireMethodLayer(asking));
  }

  private static void requireMethodLayer(BilledRequest asking) {
    var needed = Json.object();
    needed.set("protocol", asking.rawBill());
    needed.set("method", asking.rawMethod());
    requireSame(
        "bill_method.signer_id",
        MethodLayer.verify(needed, asking.keys()).value(),
        asking.claim().payee());
    requireSame(
        "bill_method.psp_id", asking.rawMethod().path("psp_id").asString(""), asking.psp().value());
  }

  private static void verify(String field, String what, Runnable verification) {
    try {
      verification.run();
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.BILL_MISMATCH) {
        throw refusal;
      }
      throw refusal
          .inside(field, what)
          .remedy("Pass on both layers of the bill as the merchant sent them.");
    }
  }

  /**
   * @throws Refusal {@code bill_mismatch}
   */
  static void requireSame(BillCheck.BilledRequest asking) {
    var request = asking.claim();
    var bill = request.bill();
    requireSame("bill.method_id", bill.methodId(), PaymentNeeded.METHOD_ID);
    requireSame("bill.method_version", bill.methodVersion(), PaymentNeeded.METHOD_VERSION);
    requireSame("bill.seller_unique_id", bill.sellerUniqueId(), request.payee());
    requireSame("bill.out_trade_no", bill.outTradeNo(), request.merchantOrderNo());
    requireSame("bill.currency", bill.currency(), request.currency());
    var billed = FieldChecks.money("bill.amount", bill.amount(), bill.currency());
    requireSame("bill.amount", billed.decimal(), asking.amount().decimal());
    requireSame("bill.buyer_unique_id", bill.buyerUniqueId(), request.agentId());
  }

  /**
   * @throws Refusal {@code bill_expired}
   */
  static void requireNotExpired(BillCheck.BilledRequest asking) {
    var payBefore = asking.claim().bill().payBefore();
    if (!asking.now().isBefore(payBefore)) {
      throw new Refusal(Problem.BILL_EXPIRED, "the bill had to be paid before " + payBefore)
          .at("bill.pay_before")
          .observed(payBefore.toString())
          .remedy("Ask the merchant for the resource again: it issues a new bill.");
    }
  }

  /**
   * Passes when both are equal or the bill leaves the field out: a bill without a buyer may be paid
   * by any agent.
   */
  private static void requireSame(String field, @Nullable String billed, String requested) {
    if (billed != null && !billed.equals(requested)) {
      throw new Refusal(Problem.BILL_MISMATCH, "the bill says something else than the request")
          .at(field)
          .expected(requested)
          .observed(billed);
    }
  }
}
