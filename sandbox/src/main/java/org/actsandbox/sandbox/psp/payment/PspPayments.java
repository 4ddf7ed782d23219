package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PaymentDocuments;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/** Payments for those who have a part in them. */
public final class PspPayments {

  private final Trades trades;
  private final TradeTermination ends;
  private final DecisionWaiters decisionWaiters;
  private final PaymentViews views;
  private final Function<Trade, ApprovalContent> cashier;

  /**
   * @param cashier what the principal was shown
   */
  public PspPayments(
      Trades trades,
      TradeTermination ends,
      DecisionWaiters decisionWaiters,
      PaymentViews views,
      Function<Trade, ApprovalContent> cashier) {
    this.trades = trades;
    this.ends = ends;
    this.decisionWaiters = decisionWaiters;
    this.views = views;
    this.cashier = cashier;
  }

  /** The papers of a paid trade; empty while it is not paid. */
  public Optional<PaymentDocuments> papers(String tradeNo) {
    return trades
        .find(tradeNo)
        .flatMap(trade -> Optional.ofNullable(trade.now().paid()).map(paid -> papers(trade, paid)));
  }

  private PaymentDocuments papers(Trade trade, Trade.Paid paid) {
    var request = trades.request(trade.tradeNo()).orElseThrow();
    return new PaymentDocuments(
        Json.write(Json.parse(request).path("bill")),
        paid.approval(),
        paid.byDelegation() ? null : Json.write(cashier.apply(trade)),
        paid.proof());
  }

  /** What of a paid trade has not gone back. */
  public Money unrefunded(String tradeNo) {
    var trade = trades.get(tradeNo);
    return trade.asked().amount().minus(trade.now().refunded());
  }

  /** Likewise paid trades, by the order they paid for. */
  public List<Trade> paidTrades(String orderNo) {
    return trades.findPaid(orderNo);
  }

  /**
   * The payment, once it was decided or {@code longest} is over.
   *
   * @throws Refusal {@code not_found}, also for a payment the caller has no part in
   */
  public Payment get(String tradeNo, Caller caller, Duration longest) {
    var trade = mine(tradeNo, caller);
    if (!longest.isZero()) {
      trade =
          decisionWaiters.await(
              tradeNo, longest, () -> trades.get(tradeNo), found -> !found.isWaiting());
    }
    return view(trade, caller);
  }

  /** The agent takes its own request back. */
  public Payment close(String tradeNo, Caller caller) {
    mine(tradeNo, caller);
    return view(ends.close(tradeNo), caller);
  }

  /** Newest first: an agent's or a principal's own. */
  public Page<Payment> list(Caller caller, @Nullable String requestId, @Nullable String cursor) {
    return list(caller, requestId, null, cursor);
  }

  /** Likewise, of one delegation alone unless it is absent. */
  public Page<Payment> list(
      Caller caller,
      @Nullable String requestId,
      @Nullable String delegationId,
      @Nullable String cursor) {
    var party = subject(caller.require(Role.AGENT, Role.PRINCIPAL));
    if (requestId != null && caller.is(Role.AGENT)) {
      var found = trades.findByRequest(party, FieldChecks.text("request_id", requestId, 64));
      return new Page<>(found.map(trade -> List.of(view(trade, caller))).orElse(List.of()), null);
    }
    return PageCursor.page(
        trades.newest(party, caller.role(), delegationId, PageCursor.parse(cursor)),
        trade -> new PageCursor(trade.createdAt(), trade.tradeNo()),
        trade -> view(trade, caller));
  }

  /** As {@code caller} may see it. */
  public Payment view(Trade trade, Caller caller) {
    return caller.is(Role.AGENT) ? views.forAgent(trade) : views.forOthers(trade);
  }

  private Trade mine(String tradeNo, Caller caller) {
    var trade = trades.get(tradeNo);
    var paymentTerms = trade.asked();
    boolean part =
        switch (caller.role()) {
          case AGENT -> paymentTerms.agent().equals(caller.subject());
          case MERCHANT -> paymentTerms.bill().payee().equals(caller.subject());
          case PRINCIPAL -> paymentTerms.principal().equals(caller.subject());
          case OPERATOR -> true;
          case ANONYMOUS -> false;
        };
    if (!part) {
      throw Trades.notFound(tradeNo);
    }
    return trade;
  }

  private static Did subject(Caller caller) {
    return caller
        .did()
        .orElseThrow(() -> new IllegalStateException("a key of this role has a subject"));
  }
}
