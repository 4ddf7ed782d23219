package org.actsandbox.sandbox.psp.approval;

import java.util.Map;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.DecisionWaiters;
import org.actsandbox.sandbox.psp.payment.TradeTermination;
import org.actsandbox.sandbox.psp.payment.TradeTermination.EndedTrade;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/**
 * The principal's decision (ACT PSD-3). Debit, state, proof, evidence and the notification to send
 * are one transaction: all of it happened or nothing did.
 *
 * <p>The PIN is compared before anything is locked, so that payments of one principal do not wait
 * for each other's; what was true then is looked at again under the lock. Locks are taken in the
 * order payment, delegation, purse, accounts.
 */
public final class Approvals implements CashierService {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final Trades trades;
  private final Pins pins;
  private final Cashier cashier;
  private final PaymentExecution paymentExecution;
  private final TradeTermination ends;
  private final TradeLog log;
  private final Notifications notifications;
  private final DecisionWaiters decisionWaiters;

  /** What an approval runs through besides its own rules. */
  public record Desk(
      Trades trades,
      Pins pins,
      TradeTermination ends,
      TradeLog log,
      Notifications notifications,
      DecisionWaiters waiters) {}

  public Approvals(PspWorld world, Desk desk, PaymentExecution paymentExecution) {
    this.world = world;
    this.trades = desk.trades();
    this.pins = desk.pins();
    this.ends = desk.ends();
    this.log = desk.log();
    this.notifications = desk.notifications();
    this.decisionWaiters = desk.waiters();
    this.cashier = new Cashier(world);
    this.paymentExecution = paymentExecution;
  }

  /** What came out of an approval; each is committed before anybody hears of it. */
  private sealed interface Outcome {

    record Paid(Trade before, Trade trade, String notificationId) implements Outcome {}

    /** Paid before: the answer was lost, or somebody clicked twice. */
    record PaidBefore(Trade trade) implements Outcome {}

    record Ended(EndedTrade done) implements Outcome {}
  }

  @Override
  public void admit(Caller caller) {
    caller.require(Role.PRINCIPAL);
  }

  @Override
  public Cashier.View show(String tradeNo, Caller caller) {
    if (own(tradeNo, caller).isOverdue(world.now())) {
      ends.endIfOverdue(tradeNo);
    }
    var trade = trades.get(tradeNo);
    return cashier.show(trade, pins.state(trade.asked().principal()));
  }

  @Override
  public Trade decide(String tradeNo, ApprovalRequest request, Caller caller) {
    var trade = own(tradeNo, caller);
    return switch (request.decision()) {
      case "APPROVE" -> approve(trade, request);
      case "DECLINE" -> end(trade, request, PaymentStatus.DECLINED, Problem.USER_DECLINED);
      case "CLOSE" -> end(trade, request, PaymentStatus.ABANDONED, null);
      default ->
          throw FieldChecks.invalid("decision", "APPROVE, DECLINE or CLOSE", request.decision());
    };
  }

  /** A principal decides about its own payments alone. */
  private Trade own(String tradeNo, Caller caller) {
    var trade = trades.get(tradeNo);
    if (caller.is(Role.PRINCIPAL) && !trade.asked().principal().equals(caller.subject())) {
      throw Trades.notFound(tradeNo);
    }
    return trade;
  }

  private Trade end(
      Trade trade, ApprovalRequest request, PaymentStatus status, @Nullable Problem failure) {
    var tradeNo = trade.tradeNo();
    if (request.digest() != null) {
      requireShown(trade, request.digest());
    }
    if (ends.endIfOverdue(tradeNo)) {
      throw TradeTermination.closedRefusal(trades.get(tradeNo));
    }
    var ended = ends.end(tradeNo, status, failure);
    decided(ended, request.decision());
    return ended;
  }

  private Trade approve(Trade trade, ApprovalRequest request) {
    var tradeNo = trade.tradeNo();
    if (ends.endIfOverdue(tradeNo)) {
      throw TradeTermination.closedRefusal(trades.get(tradeNo));
    }
    if (isPaidBefore(trade, request)) {
      return trade;
    }
    if (trade.asked().delegated() != null) {
      paymentExecution.refreshDelegation(trade);
    }
    var check = pins.require(trade.asked().principal(), request.pin(), "approve " + tradeNo);
    return settled(world.inTransaction(() -> approveLocked(tradeNo, request, check)));
  }

  private Trade settled(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Paid paid -> {
        announce(paid);
        yield paid.trade();
      }
      case Outcome.PaidBefore(var paid) -> paid;
      case Outcome.Ended(var endedTrade) -> {
        ends.announce(endedTrade);
        if (endedTrade.trade().now().status() == PaymentStatus.TIMED_OUT) {
          throw TradeTermination.closedRefusal(endedTrade.trade());
        }
        yield endedTrade.trade();
      }
    };
  }

  private Outcome approveLocked(String tradeNo, ApprovalRequest request, PinCheckResult check) {
    var trade = trades.lock(tradeNo);
    if (trade.isOverdue(world.now())) {
      return new Outcome.Ended(ends.timeOut(trade));
    }
    if (isPaidBefore(trade, request)) {
      return new Outcome.PaidBefore(trade);
    }
    return switch (paymentExecution.pay(trade, cashier.digest(trade), check)) {
      case PaymentExecution.Result.Failed(var failure) ->
          new Outcome.Ended(ends.end(trade, PaymentStatus.FAILED, failure));
      case PaymentExecution.Result.Done(var executed) ->
          new Outcome.Paid(trade, executed.paid(), executed.notificationId());
    };
  }

  /**
   * @return false while it waits for exactly this decision
   * @throws Refusal when it takes none
   */
  private boolean isPaidBefore(Trade trade, ApprovalRequest request) {
    requireShown(trade, request.digest());
    if (trade.now().status() == PaymentStatus.PAID) {
      return true;
    }
    if (!trade.isWaiting()) {
      throw TradeTermination.closedRefusal(trade);
    }
    return false;
  }

  private void requireShown(Trade trade, @Nullable String digest) {
    var shown = cashier.digest(trade);
    if (!shown.equals(digest)) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what the cashier shows")
          .at("digest")
          .expected(shown)
          .observed(String.valueOf(digest))
          .remedy("Load the cashier again and decide on what it shows.");
    }
  }

  private void announce(Outcome.Paid paid) {
    decided(paid.trade(), "APPROVE");
    log.moved(COMPONENT, paid.before().now().state(), paid.trade(), TradeEvent.PAYMENT_VALIDATED);
    decisionWaiters.wake(paid.trade().tradeNo());
    notifications.sendAfterCommit(paid.notificationId(), paid.trade());
  }

  private void decided(Trade trade, String decision) {
    log.note(
        JournalNote.Kind.DECISION,
        COMPONENT,
        "payment-decided",
        trade,
        Map.of("decision", decision, "by", trade.asked().principal().value()));
  }
}
