package org.actsandbox.sandbox.psp.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The payee's bill inside a payment request: signed by the payee, saying what the request says. */
final class BillCheck {

  private final KeyDirectory keys;

  BillCheck(KeyDirectory keys) {
    this.keys = keys;
  }

  /**
   * @param raw the bill as it came, unknown fields included
   * @throws Refusal of a signature; {@code bill_mismatch}; {@code bill_expired}; in this order
   */
  void check(JsonNode raw, InstantPaymentRequest request, Money amount, Instant now) {
    var signer = signer(raw);
    var bill = request.bill();
    same("signer_id", signer, request.payee());
    same("method_id", bill.methodId(), PaymentNeeded.METHOD_ID);
    same("method_version", bill.methodVersion(), PaymentNeeded.METHOD_VERSION);
    same("seller_unique_id", bill.sellerUniqueId(), request.payee());
    same("out_trade_no", bill.outTradeNo(), request.merchantOrderNo());
    same("currency", bill.currency(), request.currency());
    var billed = Fields.money("bill.amount", bill.amount(), bill.currency());
    same("amount", billed.decimal(), amount.decimal());
    same("buyer_unique_id", bill.buyerUniqueId(), request.agentId());
    if (!now.isBefore(bill.payBefore())) {
      throw new Refusal(Problem.BILL_EXPIRED, "the bill had to be paid before " + bill.payBefore())
          .at("bill.pay_before")
          .observed(bill.payBefore().toString())
          .remedy("Ask the merchant for the resource again: it issues a new bill.");
    }
  }

  private String signer(JsonNode raw) {
    try {
      return SignedJson.verify(raw, keys).value();
    } catch (Refusal unsigned) {
      throw new Refusal(unsigned.problem(), "the bill: " + unsigned.detail())
          .at("bill." + unsigned.field())
          .remedy("Pass on the bill byte for byte as the merchant sent it.");
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
