package org.actsandbox.sandbox.psp.payment;

import java.util.Optional;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/** Ends payments without money moved: declined, timed out, abandoned, failed or closed. */
public final class TradeTermination {

  private final PspWorld world;
  private final Trades trades;
  private final TradeLog log;
  private final Notifications notifications;
  private final DecisionWaiters decisionWaiters;

  public TradeTermination(
      PspWorld world,
      Trades trades,
      TradeLog log,
      Notifications notifications,
      DecisionWaiters decisionWaiters) {
    this.world = world;
    this.trades = trades;
    this.log = log;
    this.notifications = notifications;
    this.decisionWaiters = decisionWaiters;
  }

  /** Closes a payment for its agent; a repetition changes nothing. */
  public Trade close(String tradeNo) {
    if (endIfOverdue(tradeNo)) {
      return trades.get(tradeNo);
    }
    return end(tradeNo, PaymentStatus.CLOSED, null);
  }

  /**
   * Ends a waiting payment, or returns one that ended the same way before.
   *
   * @throws Refusal {@code payment_closed} when it ended another way
   */
  public Trade end(String tradeNo, PaymentStatus status, @Nullable Problem failure) {
    var ended =
        world.inTransaction(
            () ->
                Optional.of(trades.lock(tradeNo))
                    .filter(Trade::isWaiting)
                    .map(trade -> end(trade, status, failure)));
    if (ended.isPresent()) {
      announce(ended.get());
      return ended.get().trade();
    }
    var trade = trades.get(tradeNo);
    if (trade.progress().status() != status) {
      throw closedRefusal(trade);
    }
    return trade;
  }

  /**
   * Ends the payment if it is overdue and tells whether it did. A payment that is not overdue as
   * committed cannot become so by a change, so it is not locked.
   */
  public boolean endIfOverdue(String tradeNo) {
    if (!trades.get(tradeNo).isOverdue(world.now())) {
      return false;
    }
    var ended =
        world.inTransaction(
            () ->
                Optional.of(trades.lock(tradeNo))
                    .filter(trade -> trade.isOverdue(world.now()))
                    .map(this::timeOut));
    ended.ifPresent(this::announce);
    return ended.isPresent();
  }

  /** Represents an ended trade, and what is left to do after the commit. */
  public record EndedTrade(Trade before, Trade trade, String notificationId) {}

  /**
   * Ends a payment that was not decided in time, within the caller's transaction, which holds the
   * lock.
   */
  public TradeTermination.EndedTrade timeOut(Trade trade) {
    return end(trade, PaymentStatus.TIMED_OUT, Problem.CONFIRMATION_TIMED_OUT);
  }

  /** Ends a payment within the caller's transaction, which holds the lock. */
  public TradeTermination.EndedTrade end(
      Trade trade, PaymentStatus status, @Nullable Problem failure) {
    var ended = trade.end(status, failure, world.now());
    trades.update(ended);
    return new TradeTermination.EndedTrade(
        trade, ended, notifications.add(NotificationEvent.PAYMENT_CLOSED, ended));
  }

  /** Announces an ended trade; must be called after the commit. */
  public void announce(TradeTermination.EndedTrade endedTrade) {
    log.moved(
        PaymentOpening.COMPONENT,
        endedTrade.before().progress().state(),
        endedTrade.trade(),
        TradeEvent.PAYMENT_TERMINATED);
    decisionWaiters.wake(endedTrade.trade().tradeNo());
    notifications.sendAfterCommit(endedTrade.notificationId(), endedTrade.trade());
  }

  /** Returns the refusal of a decision about a payment that is not waiting any more. */
  public static Refusal closedRefusal(Trade trade) {
    boolean late = trade.progress().status() == PaymentStatus.TIMED_OUT;
    return new Refusal(
            late ? Problem.CONFIRMATION_TIMED_OUT : Problem.PAYMENT_CLOSED,
            "the payment is %s already".formatted(trade.progress().status().code()))
        .at("trade_no")
        .observed(trade.progress().status().code())
        .remedy("Query the payment; a new request is needed to pay.");
  }

  /** Returns the work that ends payments which are not decided in time. */
  public DueWork dueWork() {
    return new DueBatches(trades.dueTable(), world.agenda(), (tradeNo, _) -> endIfOverdue(tradeNo));
  }
}
