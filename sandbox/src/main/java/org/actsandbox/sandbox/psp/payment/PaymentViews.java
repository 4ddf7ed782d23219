package org.actsandbox.sandbox.psp.payment;

import java.util.Map;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;

/** Builds payments as they are shown to the parties. */
public final class PaymentViews {

  private final PspWorld world;

  public PaymentViews(PspWorld world) {
    this.world = world;
  }

  /** Returns the payment with its proof, which only the paying agent may see. */
  public Payment forAgent(Trade trade) {
    return view(trade, proof(trade));
  }

  public Payment forOthers(Trade trade) {
    return view(trade, null);
  }

  private Payment view(Trade trade, @Nullable PaymentProof proof) {
    var paymentTerms = trade.terms();
    var now = trade.progress();
    return new Payment(
        trade.tradeNo(),
        paymentTerms.requestId(),
        paymentTerms.bill().orderNo(),
        paymentTerms.bill().resourceId(),
        paymentTerms.bill().payee().value(),
        paymentTerms.amount().decimal(),
        paymentTerms.amount().currency().getCurrencyCode(),
        now.status(),
        now.state(),
        trade.createdAt(),
        trade.expiresAt(),
        trade.isWaiting() ? world.cashier().apply(trade.tradeNo()).toString() : null,
        approval(trade),
        proof,
        now.failure() == null ? null : error(now.failure()),
        now.refunded().isZero() ? null : now.refunded().decimal(),
        paymentTerms.delegated() == null ? null : paymentTerms.delegated().delegationId());
  }

  private static Payment.@Nullable Approval approval(Trade trade) {
    var paid = trade.progress().paid();
    var at = trade.progress().decidedAt();
    return paid == null || at == null
        ? null
        : new Payment.Approval(
            method(trade),
            at,
            trade.terms().bill().payee().value(),
            trade.terms().amount().decimal(),
            trade.terms().amount().currency().getCurrencyCode(),
            paid.approvalDigest());
  }

  /**
   * Returns the method of the approval; it tells whether the digest is of the cashier's content or
   * of the credential.
   */
  private static String method(Trade trade) {
    var paid = trade.progress().paid();
    return trade.terms().delegated() != null && paid != null && paid.byDelegation()
        ? "delegation"
        : "payment_pin";
  }

  private @Nullable PaymentProof proof(Trade trade) {
    var paid = trade.progress().paid();
    if (paid == null) {
      return null;
    }
    var bill = trade.terms().bill();
    return new PaymentProof(
        new PaymentProof.PresentedProof(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            bill.orderNo(),
            bill.resourceId(),
            trade.terms().agent().value(),
            paid.proof(),
            trade.tradeNo(),
            paid.proofExpiresAt(),
            bill.requestMethod(),
            bill.fingerprint(),
            bill.idempotencyKey()),
        Map.of("psp_id", world.did().value()));
  }

  private static ErrorBody error(Problem failure) {
    var detail =
        switch (failure) {
          case USER_DECLINED -> "the principal declined the payment";
          case CONFIRMATION_TIMED_OUT -> "the payment was not approved in time";
          case INSUFFICIENT_BALANCE -> "approved, but the instrument does not hold the amount";
          case INSTRUMENT_INVALID -> "approved, but the instrument cannot pay any more";
          default -> "approved, but the payment could not be executed";
        };
    return ErrorBody.of(new Refusal(failure, detail));
  }
}
