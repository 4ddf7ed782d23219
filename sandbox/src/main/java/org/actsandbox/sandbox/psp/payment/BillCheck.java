package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;

/** The payee's bill inside a payment request: signed by the payee, saying what the request says. */
final class BillCheck {

  private BillCheck() {}

  /**
   * @throws Refusal of a signature; {@code bill_mismatch} when somebody else signed
   */
  static void signed(Asking asking) {
    try {
      same(
          "signer_id",
          SignedJson.verify(asking.rawBill(), asking.keys()).value(),
          asking.request().payee());
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
  static void same(Asking asking) {
    var request = asking.request();
    var bill = request.bill();
    same("method_id", bill.methodId(), PaymentNeeded.METHOD_ID);
    same("method_version", bill.methodVersion(), PaymentNeeded.METHOD_VERSION);
    same("seller_unique_id", bill.sellerUniqueId(), request.payee());
    same("out_trade_no", bill.outTradeNo(), request.merchantOrderNo());
    same("currency", bill.currency(), request.currency());
    var billed = Fields.money("bill.amount", bill.amount(), bill.currency());
    same("amount", billed.decimal(), asking.amount().decimal());
    same("buyer_unique_id", bill.buyerUniqueId(), request.agentId());
  }

  /**
   * @throws Refusal {@code bill_expired}
   */
  static void open(Asking asking) {
    var payBefore = asking.request().bill().payBefore();
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
