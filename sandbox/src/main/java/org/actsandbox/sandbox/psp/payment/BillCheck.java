package org.actsandbox.sandbox.psp.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
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

    Claim claim();

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
   * @throws Refusal of a signature; {@code bill_mismatch} when somebody else signed
   */
  static void signed(BillCheck.BilledRequest asking) {
    try {
      same(
          "signer_id",
          SignedJson.verify(asking.rawBill(), asking.keys()).value(),
          asking.claim().payee());
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.BILL_MISMATCH) {
        throw refusal;
      }
      throw new Refusal(refusal.problem(), "the bill: " + refusal.detail())
          .at("bill." + refusal.field())
          .remedy("Pass on the bill byte for byte as the merchant sent it.");
    }
  }

  /**
   * @throws Refusal {@code bill_mismatch}
   */
  static void same(BillCheck.BilledRequest asking) {
    var request = asking.claim();
    var bill = request.bill();
    same("method_id", bill.methodId(), PaymentNeeded.METHOD_ID);
    same("method_version", bill.methodVersion(), PaymentNeeded.METHOD_VERSION);
    same("seller_unique_id", bill.sellerUniqueId(), request.payee());
    same("out_trade_no", bill.outTradeNo(), request.merchantOrderNo());
    same("currency", bill.currency(), request.currency());
    var billed = FieldChecks.money("bill.amount", bill.amount(), bill.currency());
    same("amount", billed.decimal(), asking.amount().decimal());
    same("buyer_unique_id", bill.buyerUniqueId(), request.agentId());
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
          .at("bill." + field)
          .expected(requested)
          .observed(billed);
    }
  }
}
