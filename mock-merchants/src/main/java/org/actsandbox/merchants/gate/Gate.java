package org.actsandbox.merchants.gate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.FulfilmentConfirmations;
import org.actsandbox.merchants.psp.PspClient;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Category;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Phase;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/** The gate before the paid resource of an order: bill, or proof and delivery (ACT A402). */
public final class Gate {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  /** Every round lost means that the order moved; it cannot move that often. */
  private static final int ROUNDS = 4;

  private final Outlet outlet;
  private final Orders orders;
  private final Bills bills;
  private final ProofCheck check;
  private final Verdict verdict;
  private final Deliveries deliveries;
  private final LatePayments late;
  private final FulfilmentConfirmations confirmations;

  public Gate(
      Outlet outlet,
      Orders orders,
      PspKeys keys,
      PspClient psp,
      LatePayments late,
      FulfilmentConfirmations confirmations) {
    this.outlet = outlet;
    this.orders = orders;
    this.bills = new Bills(outlet);
    this.check = new ProofCheck(outlet, keys, psp);
    this.verdict = new Verdict(outlet.world().psp().did());
    this.deliveries = new Deliveries(outlet, orders, confirmations);
    this.late = late;
    this.confirmations = confirmations;
  }

  /**
   * @throws Refusal {@code not_found}; without a proof also {@code hold_expired} and {@code
   *     payment_closed}, because nothing can be billed any more. What is wrong with a proof is an
   *     answer, not a refusal
   */
  GateAnswer open(String orderNo, ResourceRequest request) {
    var now = outlet.now();
    if (request.proofs().isEmpty()) {
      return paymentNeeded(orders.get(orderNo), request, now);
    }
    PaymentProof proof = null;
    try {
      proof = ProofCheck.read(request.proof());
      return deliver(orderNo, proof, request, now);
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.NOT_FOUND) {
        throw refusal;
      }
      return refused(
          orders.get(orderNo), proof == null ? null : proof.protocol(), request, refusal);
    }
  }

  private GateAnswer paymentNeeded(StoredOrder order, ResourceRequest request, Instant now) {
    if (!order.isPayable(now) && !order.isPaid()) {
      throw notPayable(order);
    }
    var bill = bills.header(order, request, now);
    return new GateAnswer(
        402,
        bill,
        null,
        null,
        GateAnswer.TEXT,
        Notice.of(order, outlet.profile()).getBytes(StandardCharsets.UTF_8));
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

  private GateAnswer deliver(
      String orderNo, PaymentProof proof, ResourceRequest request, Instant now) {
    var claims = check.authentic(proof, now);
    var shown = proof.protocol();
    var order = orders.get(orderNo, claims.tradeNo());
    check.consistent(shown, claims, order, request);
    check.notRevoked(order);
    if (order.delivered() == null) {
      // Once for all rounds: the answer does not depend on what the others do to the order.
      check.active(shown, order);
    }
    for (int round = 0; round < ROUNDS; round++) {
      check.notRevoked(order);
      if (order.delivered() != null) {
        return stored(order, claims, request, now);
      }
      if (order.status() == OrderStatus.EXPIRED && !late.revive(order, claims.tradeNo())) {
        return notDelivered(orders.get(orderNo), request, claims, paidTooLate(orderNo));
      }
      requireSameTrade(order, claims);
      boolean won;
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
        late.undeliverable(order, claims.tradeNo(), failed.detail());
        return notDelivered(orders.get(orderNo), request, claims, failed);
      }
      if (won) {
        return delivered(orders.get(orderNo, claims.tradeNo()), claims, request, now);
      }
      order = orders.get(orderNo, claims.tradeNo());
    }
    throw new Refusal(Problem.UNAVAILABLE, "the order keeps changing").remedy("Try again.");
  }

  private GateAnswer delivered(
      StoredOrder order, ProofClaims claims, ResourceRequest request, Instant now) {
    outlet.note(
        COMPONENT,
        "proof-accepted",
        order.idsWith(claims.tradeNo()),
        Map.of("proof_id", claims.jti(), "amount", claims.amount()));
    outlet.note(COMPONENT, "delivered", order.idsWith(claims.tradeNo()), Map.of());
    confirmations.confirmSoon(order.orderNo());
    return stored(order, claims, request, now);
  }

  /** The result of the one delivery, for its own trade; another trade is a conflict. */
  private GateAnswer stored(
      StoredOrder order, ProofClaims claims, ResourceRequest request, Instant now) {
    requireSameTrade(order, claims);
    var delivered = order.delivered();
    if (delivered == null) {
      throw new IllegalStateException(order.orderNo() + " is not delivered");
    }
    return new GateAnswer(
        200,
        null,
        verdict.delivered(order, request, now),
        null,
        GateAnswer.JSON,
        delivered.delivery().getBytes(StandardCharsets.UTF_8));
  }

  private void requireSameTrade(StoredOrder order, ProofClaims claims) {
    var paidBy = order.tradeNo();
    if (order.isPaid() && paidBy != null && !paidBy.equals(claims.tradeNo())) {
      late.giveBack(order, claims.tradeNo(), "the order was paid by another trade");
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

  private GateAnswer notDelivered(
      StoredOrder order, ResourceRequest request, ProofClaims claims, Refusal refusal) {
    return new GateAnswer(
        refusal.problem().status(),
        null,
        verdict.notDelivered(order, request, claims.tradeNo(), outlet.now()),
        null,
        GateAnswer.JSON,
        Json.bytes(ErrorBody.of(refusal, Phase.DELIVERY).enveloped()));
  }

  /**
   * A proof that is no good is answered 402 with a bill and the reason, in every state of the order
   * (A402-1). One that cannot be judged now is neither good nor bad: nothing is delivered, and no
   * payment is asked for; the same proof may be shown again.
   */
  private GateAnswer refused(
      StoredOrder order,
      PaymentProof.@Nullable Shown shown,
      ResourceRequest request,
      Refusal refusal) {
    var now = outlet.now();
    var problem = refusal.problem();
    boolean unknown = problem.category() == Category.SYSTEM;
    outlet.note(
        JournalNote.Kind.REFUSAL,
        COMPONENT,
        unknown ? "proof-unverified" : "proof-refused",
        order.ids(),
        Map.of("code", problem.code(), "why", refusal.detail()));
    return new GateAnswer(
        unknown ? problem.status() : 402,
        unknown || !outlet.world().gate().billsRefusedProofs()
            ? null
            : bills.afterRefusal(order, request, now),
        verdict.refused(order, request, shown, refusal, now),
        refusal.retryAfterSeconds(),
        GateAnswer.JSON,
        Json.bytes(ErrorBody.of(refusal, Phase.PROOF_VALIDATION).enveloped()));
  }
}
