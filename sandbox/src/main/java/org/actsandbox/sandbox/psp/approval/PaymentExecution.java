package org.actsandbox.sandbox.psp.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.authority.SpendingControl;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.notification.NotificationEntry;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.proof.PaymentProofs;
import org.actsandbox.sandbox.psp.subaccount.PaymentSources;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;

/** Executes an approved payment, in the transaction of the approval. */
public final class PaymentExecution {

  private final PspWorld world;
  private final Trades trades;
  private final PaymentSources paymentSources;
  private final SpendingControl spendingControl;
  private final LedgerPort ledgerPort;
  private final PaymentProofs paymentProofs;
  private final Notifications notifications;
  private final PaymentAttestations attested;

  public PaymentExecution(
      PspWorld world,
      Trades trades,
      PaymentSources paymentSources,
      SpendingControl spendingControl,
      Writing writing) {
    this.world = world;
    this.trades = trades;
    this.paymentSources = paymentSources;
    this.spendingControl = spendingControl;
    this.ledgerPort = writing.books();
    this.paymentProofs = writing.proofs();
    this.notifications = writing.notifications();
    this.attested = new PaymentAttestations(world);
  }

  /** Where an execution is written down. */
  public record Writing(LedgerPort books, PaymentProofs proofs, Notifications notifications) {}

  /**
   * @param notificationId of what the payee is to be told after the commit
   */
  public record Executed(Trade paid, String notificationId) {}

  /**
   * What a delegated payment rests on.
   *
   * @param iacDigest of the credential, in the place of what the cashier would have shown
   * @param bought how often each purchase target is bought with this payment
   */
  public record Checked(String iacDigest, List<Integer> bought) {}

  /** Approved is not paid. */
  sealed interface Result {

    record Done(Executed executed) implements Result {}

    /** Nothing moved. */
    record Failed(Problem failure) implements Result {}
  }

  /** What an approval relies on and somebody else knows; before any lock is taken. */
  void refreshDelegation(Trade trade) {
    spendingControl.refresh(trade);
  }

  Result pay(Trade trade, String digest, PinCheckResult check) {
    var at = check.at();
    try {
      // Suspended, spent, frozen or cancelled since the request came in?
      var bought = List.<Integer>of();
      if (trade.asked().delegated() != null) {
        var method = paymentSources.find(trade.asked().instrumentRef()).method();
        bought = spendingControl.check(trade, method, at);
      }
      paymentSources.requireUsable(trade.asked(), at);
      var principal = world.principals().signer(trade.asked().principal()).release(check);
      var evidence = ApprovalEvidence.signed(trade.tradeNo(), digest, at, principal);
      var executing = signed(trade, paymentProofs.issue(trade, evidence, digest, at), at);
      // It may fail here, and then nothing may be written of it.
      book(trade, at);
      if (trade.asked().delegated() != null) {
        spendingControl.count(trade, bought);
      }
      return new Result.Done(written(executing));
    } catch (Refusal refused) {
      if (trade.asked().delegated() != null) {
        spendingControl.recordFailure(trade);
      }
      return new Result.Failed(refused.problem());
    }
  }

  /**
   * Executes a payment that its delegation stands for; the caller has checked it under the
   * delegation's lock. Everything but the booking comes first: all payments of a principal wait for
   * each other there, and what was written in vain is rolled back.
   *
   * @param request as it came
   * @param checked what the payment rests on
   * @return empty when the request id or the order is taken; nothing was written then
   * @throws Refusal {@code insufficient_balance}, or the purse has changed; the caller rolls back
   */
  public Optional<Executed> payDelegated(Trade trade, String request, Checked checked, Instant at) {
    var iacDigest = checked.iacDigest();
    var evidence = DelegatedPaymentEvidence.signed(trade, iacDigest, at, world.signer().get());
    var executing = signed(trade, paymentProofs.issue(trade, evidence, iacDigest, at), at);
    if (!trades.add(executing.paid(), request)) {
      return Optional.empty();
    }
    var executed = told(executing);
    spendingControl.count(trade, checked.bought());
    book(trade, at);
    return Optional.of(executed);
  }

  /** All that is signed of a payment, before anybody has to wait for it. */
  private record Executing(Trade paid, Trade.Paid proven, Instant at, NotificationEntry told) {}

  private Executing signed(Trade trade, Trade.Paid proven, Instant at) {
    var paid = trade.pay(proven, at);
    return new Executing(paid, proven, at, notifications.sign("payment_succeeded", paid));
  }

  private Executed written(Executing executing) {
    trades.update(executing.paid());
    return told(executing);
  }

  private Executed told(Executing executing) {
    var paid = executing.paid();
    attested.completed(paid, executing.proven(), executing.at());
    return new Executed(paid, notifications.add(executing.told()));
  }

  /** All payments from a purse, and then all of a principal, wait for each other from here on. */
  private void book(Trade trade, Instant at) {
    paymentSources.lock(trade.asked(), at);
    ledgerPort.book(
        Transfer.payment(
            trade.tradeNo(),
            trade.asked().account(),
            AccountNumbers.receivable(trade.asked().bill().payee()),
            trade.asked().amount(),
            at));
  }
}
