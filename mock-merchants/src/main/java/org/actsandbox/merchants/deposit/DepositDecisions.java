package org.actsandbox.merchants.deposit;

import java.time.Instant;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.CreditInquiry.Verdict;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Deposit.Decision;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Decides how much of a deposit is taken. A merchant asks for credit only if the cart refers to it,
 * and says in the order what followed from the answer (ACT CRD-10).
 */
public final class DepositDecisions {

  private final MerchantContext merchantContext;
  private final CreditInquiry inquiry;

  public DepositDecisions(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.inquiry = new CreditInquiry(merchantContext);
  }

  /**
   * @param digest the digest of the cart as it was sent
   * @param full what is taken of a buyer without credit
   */
  public Deposit decide(CartRequest cart, String digest, Money full, Instant returnedAt) {
    var credit = cart.credit();
    if (credit == null) {
      return new Deposit(
          full.decimal(),
          full.decimal(),
          returnedAt,
          Decision.TAKEN,
          null,
          null,
          null,
          null,
          new Text("Taken in full: the cart refers to no credit.", "全额收取：购物车没有引用信用。"));
    }
    var verdict = inquiry.ask(cart, credit, digest, full);
    var taken =
        merchantContext.world().credit().rules().taken(full, verdict.result(), verdict.limit());
    return new Deposit(
        taken.decimal(),
        full.decimal(),
        returnedAt,
        decision(full, taken),
        verdict.queryId(),
        verdict.recordId(),
        verdict.result(),
        verdict.reason(),
        reason(verdict, decision(full, taken)));
  }

  private static Decision decision(Money full, Money taken) {
    if (taken.isZero()) {
      return Decision.WAIVED;
    }
    return taken.equals(full) ? Decision.TAKEN : Decision.LOWERED;
  }

  private static Text reason(Verdict verdict, Decision decision) {
    var code = verdict.reason() == null ? "no answer" : verdict.reason().name();
    return switch (verdict.result()) {
      case PASS ->
          decision == Decision.TAKEN
              ? new Text(
                  "Taken in full: the associated credit covers nothing of it.", "全额收取：关联信用不足以抵减押金。")
              : new Text("Covered by associated credit.", "由关联信用抵减。");
      case FAIL ->
          new Text(
              "Taken in full: the credit could not be used (" + code + ").",
              "全额收取：信用不能使用（" + code + "）。");
      case INCONCLUSIVE ->
          new Text(
              "Taken in full: the verifier could not say ("
                  + code
                  + "). That is neither good nor"
                  + " bad.",
              "全额收取：验证方无法判断（" + code + "），不代表信用好坏。");
      case REVIEW_REQUIRED ->
          new Text("Taken in full until a person of the hotel has looked at it.", "先全额收取，待酒店人工复核。");
    };
  }
}
