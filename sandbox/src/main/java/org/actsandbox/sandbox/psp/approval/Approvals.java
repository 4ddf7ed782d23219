package org.actsandbox.sandbox.psp.approval;

import java.util.Map;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
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
 * Takes the principal's decision at the cashier (ACT PSD-3). Debit, state, proof, evidence and the
 * notification to send are one transaction: all of it happened or nothing did.
 *
 * <p>The PIN is compared before anything is locked, so that payments of one principal do not wait
 * for each other; what was true then is checked again under the lock. Locks are taken in the order
 * payment, delegation, payment source, accounts.
 */
public final class Approvals implements CashierService {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final Trades trades;
  private final Pins pins;
  private final Cashier cashier;
  private final PaymentExecution paymentExecution;
  private final TradeTermination termination;
  private final TradeLog log;
  private final Notifications notifications;
  private final DecisionWaiters decisionWaiters;

  /** Bundles the services that an approval uses. */
  public record Collaborators(
      Trades trades,
      Pins pins,
      TradeTermination termination,
      TradeLog log,
      Notifications notifications,
      DecisionWaiters waiters) {}

  public Approvals(PspWorld world, Collaborators collaborators, PaymentExecution paymentExecution) {
    this.world = world;
    this.trades = collaborators.trades();
    this.pins = collaborators.pins();
    this.termination = collaborators.termination();
    this.log = collaborators.log();
    this.notifications = collaborators.notifications();
    this.decisionWaiters = collaborators.waiters();
    this.cashier = new Cashier(world);
    this.paymentExecution = paymentExecution;
  }

  /** Represents the outcome of an approval, which is committed before it is announced. */
  private sealed interface Outcome {

    record Paid(Trade before, Trade trade, String notificationId) implements Outcome {}

    /** The payment was made before: the answer was lost, or the principal clicked twice. */
    record AlreadyPaid(Trade trade) implements Outcome {}

    record Ended(EndedTrade done) implements Outcome {}
  }

  @Override
  public void admit(Caller caller) {
    caller.require(Role.PRINCIPAL);
  }

  @Override
  public Cashier.View show(String tradeNo, Caller caller) {
    if (own(tradeNo, caller).isOverdue(world.now())) {
      termination.endIfOverdue(tradeNo);
    }
    var trade = trades.get(tradeNo);
    return cashier.show(trade, pins.state(trade.terms().principal()));
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

  /** Finds a payment; a principal finds only its own. */
  private Trade own(String tradeNo, Caller caller) {
    var trade = trades.get(tradeNo);
    if (caller.is(Role.PRINCIPAL) && !trade.terms().principal().equals(caller.subject())) {
      throw Trades.notFound(tradeNo);
    }
    return trade;
  }

  private Trade end(
      Trade trade, ApprovalRequest request, PaymentStatus status, @Nullable Problem failure) {
    var tradeNo = trade.tradeNo();
    if (request.digest() != null) {
      requireShown(cashier.digest(trade), request.digest());
    }
    if (termination.endIfOverdue(tradeNo)) {
      throw TradeTermination.closedRefusal(trades.get(tradeNo));
    }
    var ended = termination.end(tradeNo, status, failure);
    noteDecision(ended, request.decision());
    return ended;
  }

  private Trade approve(Trade trade, ApprovalRequest request) {
    var tradeNo = trade.tradeNo();
    if (termination.endIfOverdue(tradeNo)) {
      throw TradeTermination.closedRefusal(trades.get(tradeNo));
    }
    if (isAlreadyPaid(trade, request, cashier.digest(trade))) {
      return trade;
    }
    if (trade.terms().delegated() != null) {
      paymentExecution.refreshDelegation(trade);
    }
    var check = pins.require(trade.terms().principal(), request.pin(), "approve " + tradeNo);
    return announced(world.inTransaction(() -> approveLocked(tradeNo, request, check)));
  }

  private Trade announced(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Paid paid -> {
        announce(paid);
        yield paid.trade();
      }
      case Outcome.AlreadyPaid(var paid) -> paid;
      case Outcome.Ended(var endedTrade) -> {
        termination.announce(endedTrade);
        if (endedTrade.trade().progress().status() == PaymentStatus.TIMED_OUT) {
          throw TradeTermination.closedRefusal(endedTrade.trade());
        }
        yield endedTrade.trade();
      }
    };
  }

  private Outcome approveLocked(String tradeNo, ApprovalRequest request, PinCheckResult check) {
    var trade = trades.lock(tradeNo);
    if (trade.isOverdue(world.now())) {
      return new Outcome.Ended(termination.timeOut(trade));
    }
    var shown = cashier.digest(trade);
    if (isAlreadyPaid(trade, request, shown)) {
      return new Outcome.AlreadyPaid(trade);
    }
    return switch (paymentExecution.pay(trade, shown, check)) {
      case PaymentExecution.Result.Failed(var failure) ->
          new Outcome.Ended(termination.end(trade, PaymentStatus.FAILED, failure));
      case PaymentExecution.Result.Done(var executed) ->
          new Outcome.Paid(trade, executed.paid(), executed.notificationId());
    };
  }

  /**
   * @param shown the digest of what the cashier shows
   * @return true when the payment is paid; false while it waits for exactly this decision
   * @throws Refusal when the payment accepts no decision any more
   */
  private static boolean isAlreadyPaid(Trade trade, ApprovalRequest request, String shown) {
    requireShown(shown, request.digest());
    if (trade.progress().status() == PaymentStatus.PAID) {
      return true;
    }
    if (!trade.isWaiting()) {
      throw TradeTermination.closedRefusal(trade);
    }
    return false;
  }

  private static void requireShown(String shown, @Nullable String digest) {
    if (!shown.equals(digest)) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what the cashier shows")
          .at("digest")
          .expected(shown)
          .observed(String.valueOf(digest))
          .remedy("Load the cashier again and decide on what it shows.");
    }
  }

  private void announce(Outcome.Paid paid) {
    noteDecision(paid.trade(), "APPROVE");
    log.moved(
        COMPONENT, paid.before().progress().state(), paid.trade(), TradeEvent.PAYMENT_VALIDATED);
    decisionWaiters.wake(paid.trade().tradeNo());
    notifications.sendAfterCommit(paid.notificationId(), paid.trade());
  }

  private void noteDecision(Trade trade, String decision) {
    log.note(
        JournalNote.Kind.DECISION,
        JournalEvent.PAYMENT_DECIDED,
        trade,
        Map.of("decision", decision, "by", trade.terms().principal().value()));
  }
}
