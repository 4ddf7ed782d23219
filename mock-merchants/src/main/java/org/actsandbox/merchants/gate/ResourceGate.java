package org.actsandbox.merchants.gate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.FulfilmentConfirmations;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.proof.ProofValidation;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Guards the paid resource of an order: answers with a bill, or checks the proof and delivers (ACT
 * A402).
 */
public final class ResourceGate {

  /**
   * Each lost round means that the order changed its status meanwhile; it cannot change more often
   * than this.
   */
  private static final int MAX_ROUNDS = 4;

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final OrderBills orderBills;
  private final ProofCheck check;
  private final PaymentValidationHeader paymentValidationHeader;
  private final Deliveries deliveries;
  private final LatePayments latePayments;
  private final FulfilmentConfirmations confirmations;

  public ResourceGate(
      MerchantContext merchantContext,
      Orders orders,
      PspKeys keys,
      ParticipantClient psp,
      LatePayments latePayments,
      FulfilmentConfirmations confirmations) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.orderBills = new OrderBills(merchantContext, orders);
    this.check = new ProofCheck(merchantContext, keys, psp);
    this.paymentValidationHeader = new PaymentValidationHeader(merchantContext.world().psp().did());
    this.deliveries = new Deliveries(merchantContext, orders, confirmations);
    this.latePayments = latePayments;
    this.confirmations = confirmations;
  }

  /**
   * Answers a request for the resource of an order.
   *
   * @throws Refusal {@code not_found}; without a proof also {@code hold_expired} and {@code
   *     payment_closed}, because nothing can be billed any more. A bad proof is not a refusal but
   *     an answer with its reason
   */
  public ResourceGateAnswer open(String orderNo, ResourceRequest request) {
    var now = merchantContext.now();
    if (request.proofs().isEmpty()) {
      return paymentNeeded(orders.get(orderNo), request, now);
    }
    PaymentProof proof = null;
    try {
      proof = ProofValidation.read(request.proof());
      return deliver(orderNo, proof, request, now);
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.NOT_FOUND) {
        throw refusal;
      }
      return refused(
          orders.get(orderNo), proof == null ? null : proof.protocol(), request, refusal);
    }
  }

  private ResourceGateAnswer paymentNeeded(
      StoredOrder order, ResourceRequest request, Instant now) {
    if (!order.isPayable(now) && !order.isPaid()) {
      throw notPayable(order);
    }
    var bill = orderBills.paymentNeeded(order, request, now);
    return new ResourceGateAnswer(
        402,
        bill,
        null,
        null,
        ResourceGateAnswer.TEXT,
        PaymentNeededNotice.of(order, merchantContext.profile()).getBytes(StandardCharsets.UTF_8));
  }

  private static Refusal notPayable(StoredOrder order) {
    return switch (order.status()) {
      case HELD, EXPIRED ->
          new Refusal(Problem.HOLD_EXPIRED, "the hold ended at " + order.holdUntil())
              .at("order_no")
              .observed(order.orderNo())
              .remedy("Confirm a new cart; this order cannot be paid any more.");
      case PAID, DELIVERED, CANCELLED, REFUNDED ->
          new Refusal(Problem.PAYMENT_CLOSED, "the order is " + order.status())
              .at("order_no")
              .observed(order.orderNo())
              .remedy("Confirm a new cart.");
    };
  }

  private ResourceGateAnswer deliver(
      String orderNo, PaymentProof proof, ResourceRequest request, Instant now) {
    var claims = check.verifyAuthentic(proof, now);
    var presentedProof = proof.protocol();
    var order = orders.get(orderNo, claims.tradeNo());
    check.requireConsistent(presentedProof, claims, order, request);
    check.requireNotRevoked(order);
    if (order.delivered() == null) {
      // Asked once for all rounds: the answer does not depend on concurrent changes of the order.
      check.requireActive(presentedProof, order);
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      check.requireNotRevoked(order);
      if (order.delivered() != null) {
        return stored(order, claims, request, now);
      }
      if (order.status() == OrderStatus.EXPIRED && !latePayments.revive(order, claims.tradeNo())) {
        return notDelivered(orders.get(orderNo), request, claims, paidTooLate(orderNo));
      }
      requireSameTrade(order, claims);
      Optional<FulfilmentConfirmations.StoredDelivery> won;
      try {
        won = deliveries.deliver(order, claims, now);
      } catch (Refusal failed) {
        if (failed.problem() == Problem.HOLD_EXPIRED) {
          // The hold ran out between the look at the order and the delivery: look again.
          order = orders.get(orderNo, claims.tradeNo());
          continue;
        }
        if (failed.problem() != Problem.FULFILMENT_FAILED) {
          throw failed;
        }
        latePayments.undeliverable(order, claims.tradeNo(), failed.detail());
        return notDelivered(orders.get(orderNo), request, claims, failed);
      }
      if (won.isPresent()) {
        var delivered = orders.get(orderNo, claims.tradeNo());
        return delivered(delivered, won.get(), claims, request, now);
      }
      order = orders.get(orderNo, claims.tradeNo());
    }
    throw new Refusal(Problem.UNAVAILABLE, "the order keeps changing").remedy("Try again.");
  }

  private ResourceGateAnswer delivered(
      StoredOrder order,
      FulfilmentConfirmations.StoredDelivery delivery,
      ProofClaims claims,
      ResourceRequest request,
      Instant now) {
    merchantContext.note(
        JournalEvent.PROOF_ACCEPTED,
        order.idsWith(claims.tradeNo()),
        Map.of("proof_id", claims.jti(), "amount", claims.amount()));
    merchantContext.note(JournalEvent.DELIVERED, order.idsWith(claims.tradeNo()), Map.of());
    confirmations.confirmAfterCommit(delivery);
    return stored(order, claims, request, now);
  }

  /**
   * Answers with the stored delivery if the proof is of the trade that paid for it; another trade
   * is a conflict.
   */
  private ResourceGateAnswer stored(
      StoredOrder order, ProofClaims claims, ResourceRequest request, Instant now) {
    requireSameTrade(order, claims);
    var delivered = order.delivered();
    if (delivered == null) {
      throw new IllegalStateException(order.orderNo() + " is not delivered");
    }
    return new ResourceGateAnswer(
        200,
        null,
        paymentValidationHeader.delivered(order, request, now),
        null,
        ResourceGateAnswer.JSON,
        delivered.delivery().getBytes(StandardCharsets.UTF_8));
  }

  private void requireSameTrade(StoredOrder order, ProofClaims claims) {
    var paidBy = order.tradeNo();
    if (order.isPaid() && paidBy != null && !paidBy.equals(claims.tradeNo())) {
      latePayments.giveBack(order, claims.tradeNo(), "the order was paid by another trade");
      throw new Refusal(Problem.DELIVERY_CONFLICT, "the order was paid by another trade")
          .at("protocol.trade_no")
          .expected(paidBy)
          .observed(claims.tradeNo())
          .remedy("Show the first trade's proof; this trade's money goes back.");
    }
  }

  private static Refusal paidTooLate(String orderNo) {
    return new Refusal(
            Problem.PAID_TOO_LATE,
            "the payment came after the hold ended, and the stock is gone: the money goes back")
        .at("order_no")
        .observed(orderNo)
        .remedy("Do not pay again. Watch the trade for the refund, then choose another offer.");
  }

  private ResourceGateAnswer notDelivered(
      StoredOrder order, ResourceRequest request, ProofClaims claims, Refusal refusal) {
    return new ResourceGateAnswer(
        refusal.problem().status(),
        null,
        paymentValidationHeader.notDelivered(
            order, request, claims.tradeNo(), merchantContext.now()),
        null,
        ResourceGateAnswer.JSON,
        Json.bytes(ErrorBody.of(refusal, ErrorPhase.DELIVERY).enveloped()));
  }

  /**
   * Answers a bad proof with 402, a bill and the reason, in every state of the order (A402-1). A
   * proof that cannot be judged now is neither good nor bad: nothing is delivered and no payment is
   * asked for; the same proof may be shown again.
   */
  private ResourceGateAnswer refused(
      StoredOrder order,
      @Nullable PresentedProof presentedProof,
      ResourceRequest request,
      Refusal refusal) {
    var now = merchantContext.now();
    var problem = refusal.problem();
    boolean unknown = problem.category() == ErrorCategory.SYSTEM;
    merchantContext.note(
        JournalNote.Kind.REFUSAL,
        unknown ? JournalEvent.PROOF_UNVERIFIED : JournalEvent.PROOF_REFUSED,
        order.ids(),
        Map.of("code", problem.code(), "why", refusal.detail()));
    return new ResourceGateAnswer(
        unknown ? problem.status() : 402,
        unknown || !merchantContext.world().gate().billsRefusedProofs()
            ? null
            : orderBills.afterRefusal(order, request, now),
        paymentValidationHeader.refused(order, request, presentedProof, refusal, now),
        refusal.retryAfterSeconds(),
        ResourceGateAnswer.JSON,
        Json.bytes(ErrorBody.of(refusal, ErrorPhase.PROOF_VALIDATION).enveloped()));
  }
}
