package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PaymentDocuments;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/** Shows payments to the parties that have a part in them, and closes them for the agent. */
public final class PspPayments {

  private final Trades trades;
  private final TradeTermination termination;
  private final DecisionWaiters decisionWaiters;
  private final PaymentViews views;
  private final Function<Trade, ApprovalContent> cashier;

  /**
   * @param cashier returns the content that the principal was shown
   */
  public PspPayments(
      Trades trades,
      TradeTermination termination,
      DecisionWaiters decisionWaiters,
      PaymentViews views,
      Function<Trade, ApprovalContent> cashier) {
    this.trades = trades;
    this.termination = termination;
    this.decisionWaiters = decisionWaiters;
    this.views = views;
    this.cashier = cashier;
  }

  /** Returns the signed documents of a paid trade; empty while it is not paid. */
  public Optional<PaymentDocuments> documents(String tradeNo) {
    return trades
        .find(tradeNo)
        .flatMap(
            trade ->
                Optional.ofNullable(trade.progress().paid()).map(paid -> documents(trade, paid)));
  }

  private PaymentDocuments documents(Trade trade, Trade.Paid paid) {
    var request = trades.request(trade.tradeNo()).orElseThrow();
    return new PaymentDocuments(
        Json.write(Json.parse(request).path("bill")),
        paid.approval(),
        paid.byDelegation() ? null : Json.write(cashier.apply(trade)),
        paid.proof());
  }

  /** Finds a payment for a service of the sandbox that checks itself who may see it. */
  public Optional<Trade> find(String tradeNo) {
    return trades.find(tradeNo);
  }

  /** Finds the payment of an order that is waiting or paid. */
  public Optional<Trade> findOpen(Trade.Bill bill) {
    return trades.findOpen(bill);
  }

  /** Closes a payment that was not approved yet, for its payee. */
  public Trade close(String tradeNo) {
    return termination.close(tradeNo);
  }

  /** Returns the part of a paid trade's amount that was not refunded. */
  public Money unrefunded(String tradeNo) {
    var trade = trades.get(tradeNo);
    return trade.terms().amount().minus(trade.progress().refunded());
  }

  /** Finds the paid trade of an order of a payee, because each payee has its own numbers. */
  public Optional<Trade> paidTrade(Did payee, String orderNo) {
    return trades.findPaid(payee, orderNo);
  }

  /**
   * Lists the paid trades of an order number, one for each payee that uses it.
   *
   * @param principal only this principal's; null for all
   */
  public List<Trade> paidTrades(String orderNo, @Nullable Did principal) {
    return trades.findPaid(orderNo, principal);
  }

  /**
   * Returns the payment as soon as it is decided, or after {@code longest}.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for a payment the
   *     caller has no part in
   */
  public Payment get(String tradeNo, Caller caller, Duration longest) {
    var trade = ownPayment(tradeNo, caller);
    if (!longest.isZero()) {
      trade =
          decisionWaiters.await(
              tradeNo, longest, () -> trades.get(tradeNo), found -> !found.isWaiting());
    }
    return view(trade, caller);
  }

  /** Closes the agent's own payment before it is approved. */
  public Payment close(String tradeNo, Caller caller) {
    ownPayment(tradeNo, caller);
    return view(termination.close(tradeNo), caller);
  }

  /** Lists an agent's or a principal's own payments, newest first. */
  public Page<Payment> list(Caller caller, @Nullable String requestId, @Nullable String cursor) {
    return list(caller, requestId, null, cursor);
  }

  /** Lists own payments, newest first; only those of one delegation unless it is null. */
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

  /** Sums up all payments of a principal by payee and state. */
  public List<Trades.PaymentTotal> totals(Caller principal) {
    return trades.totals(subject(principal.require(Role.PRINCIPAL)));
  }

  /** Returns the view that {@code caller} may see. */
  public Payment view(Trade trade, Caller caller) {
    return caller.is(Role.AGENT) ? views.forAgent(trade) : views.forOthers(trade);
  }

  private Trade ownPayment(String tradeNo, Caller caller) {
    var trade = trades.get(tradeNo);
    var paymentTerms = trade.terms();
    boolean part =
        switch (caller.role()) {
          case AGENT -> paymentTerms.agent().equals(caller.subject());
          case MERCHANT -> paymentTerms.bill().payee().equals(caller.subject());
          case PRINCIPAL -> paymentTerms.principal().equals(caller.subject());
          case OPERATOR -> true;
          case ASSISTANT, ANONYMOUS -> false;
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
