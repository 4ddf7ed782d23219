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

/** The payee's bill inside a payment request: signed by the payee, saying what the request says. */
public final class BillCheck {

  private BillCheck() {}

  /** A request that carries a bill. */
  public interface BilledRequest {

    /** The bill as it came, unknown fields included. */
    JsonNode rawBill();

    /** The bill's method layer as it came; missing where the request does not pass it on. */
    JsonNode rawMethod();

    Claim claim();

    /** The payment service that is asked. */
    Did psp();

    Money amount();

    KeyDirectory keys();

    Instant now();
  }

  /** What the request says its bill is. */
  public record Claim(
      PaymentNeeded.Bill bill,
      String payee,
      String merchantOrderNo,
      String currency,
      String agentId) {}

  /**
   * @throws Refusal of a signature; {@code bill_mismatch}; {@code bill_expired}; in this order
   */
  public static void check(BillCheck.BilledRequest billedRequest) {
    signed(billedRequest);
    same(billedRequest);
    open(billedRequest);
  }

  /**
   * The payee signed both layers (A402-2), and the method layer for this bill and this payment
   * service. A request may leave the method layer out: what is paid, and to whom, is in the other.
   * Base fields are read from the protocol layer alone, whatever the method layer says.
   *
   * @throws Refusal of a signature; {@code bill_mismatch} when another participant signed, or the
   *     method layer belongs to another bill or another payment service
   */
  static void signed(BillCheck.BilledRequest asking) {
    verified(
        "bill",
        "the bill",
        () ->
            same(
                "bill.signer_id",
                SignedJson.verify(asking.rawBill(), asking.keys()).value(),
                asking.claim().payee()));
    if (asking.rawMethod().isMissingNode() || asking.rawMethod().isNull()) {
      return;
    }
    verified("bill_method", "the method layer of the bill", () -> methodLayer(asking));
  }

  private static void methodLayer(BilledRequest asking) {
    var needed = Json.object();
    needed.set("protocol", asking.rawBill());
    needed.set("method", asking.rawMethod());
    same(
        "bill_method.signer_id",
        MethodLayer.verify(needed, asking.keys()).value(),
        asking.claim().payee());
    same(
        "bill_method.psp_id", asking.rawMethod().path("psp_id").asString(""), asking.psp().value());
  }

  private static void verified(String field, String what, Runnable verification) {
    try {
      verification.run();
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.BILL_MISMATCH) {
        throw refusal;
      }
      throw new Refusal(refusal.problem(), what + ": " + refusal.detail())
          .at(field + "." + refusal.field())
          .remedy("Pass on both layers of the bill as the merchant sent them.");
    }
  }

  /**
   * @throws Refusal {@code bill_mismatch}
   */
  static void same(BillCheck.BilledRequest asking) {
    var request = asking.claim();
    var bill = request.bill();
    same("bill.method_id", bill.methodId(), PaymentNeeded.METHOD_ID);
    same("bill.method_version", bill.methodVersion(), PaymentNeeded.METHOD_VERSION);
    same("bill.seller_unique_id", bill.sellerUniqueId(), request.payee());
    same("bill.out_trade_no", bill.outTradeNo(), request.merchantOrderNo());
    same("bill.currency", bill.currency(), request.currency());
    var billed = FieldChecks.money("bill.amount", bill.amount(), bill.currency());
    same("bill.amount", billed.decimal(), asking.amount().decimal());
    same("bill.buyer_unique_id", bill.buyerUniqueId(), request.agentId());
  }

  /**
   * @throws Refusal {@code bill_expired}
   */
  static void open(BillCheck.BilledRequest asking) {
    var payBefore = asking.claim().bill().payBefore();
    if (!asking.now().isBefore(payBefore)) {
      throw new Refusal(Problem.BILL_EXPIRED, "the bill had to be paid before " + payBefore)
          .at("bill.pay_before")
          .observed(payBefore.toString())
          .remedy("Ask the merchant for the resource again: it issues a new bill.");
    }
  }

  /** A bill that names no buyer may be paid by any. */
  private static void same(String field, @Nullable String billed, String requested) {
    if (billed != null && !billed.equals(requested)) {
      throw new Refusal(Problem.BILL_MISMATCH, "the bill says something else than the request")
          .at(field)
          .expected(requested)
          .observed(billed);
    }
  }
}
