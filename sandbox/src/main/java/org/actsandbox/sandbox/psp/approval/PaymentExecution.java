package org.actsandbox.sandbox.psp.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.notification.Notification;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.authority.SpendingControl;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.proof.PaymentProofs;
import org.actsandbox.sandbox.psp.subaccount.PaymentSources;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;

/** Executes an approved payment within the transaction of the approval. */
public final class PaymentExecution {

  private final PspWorld world;
  private final Trades trades;
  private final PaymentSources paymentSources;
  private final SpendingControl spendingControl;
  private final LedgerPort ledgerPort;
  private final PaymentProofs paymentProofs;
  private final Notifications notifications;
  private final PaymentAttestations attestations;

  public PaymentExecution(
      PspWorld world,
      Trades trades,
      PaymentSources paymentSources,
      SpendingControl spendingControl,
      Recording recording) {
    this.world = world;
    this.trades = trades;
    this.paymentSources = paymentSources;
    this.spendingControl = spendingControl;
    this.ledgerPort = recording.ledger();
    this.paymentProofs = recording.proofs();
    this.notifications = recording.notifications();
    this.attestations = new PaymentAttestations(world);
  }

  /** Bundles the services that record an execution. */
  public record Recording(LedgerPort ledger, PaymentProofs proofs, Notifications notifications) {}

  /**
   * Represents a payment that was made.
   *
   * @param notificationId the notification to send to the payee after the commit
   */
  public record Executed(Trade paid, String notificationId) {}

  /**
   * Holds the checked facts that a delegated payment rests on.
   *
   * @param iacDigest the digest of the credential, in the place of the digest of the cashier's
   *     content
   * @param bought how often each purchase target is bought, this payment included
   */
  public record Checked(String iacDigest, List<Integer> bought) {}

  /** Tells whether an approved payment was made. */
  sealed interface Result {

    record Done(Executed executed) implements Result {}

    /** No money moved. */
    record Failed(Problem failure) implements Result {}
  }

  /** Refreshes the delegation's state from the delegation service, before any lock is taken. */
  void refreshDelegation(Trade trade) {
    spendingControl.refresh(trade);
  }

  Result pay(Trade trade, String digest, PinCheckResult check) {
    var at = check.at();
    try {
      // The delegation or the instrument may have changed since the request came in.
      var bought = List.<Integer>of();
      if (trade.terms().delegated() != null) {
        var method = paymentSources.find(trade.terms().instrumentRef()).method();
        bought = spendingControl.check(trade, method, at);
      }
      paymentSources.requireUsable(trade.terms(), at);
      var principal = world.principals().signer(trade.terms().principal()).release(check);
      var evidence = ApprovalEvidence.signed(trade.tradeNo(), digest, at, principal);
      var signed = sign(trade, paymentProofs.issue(trade, evidence, digest, at), at);
      // The booking may fail, so nothing is written before it.
      book(trade, at);
      if (trade.terms().delegated() != null) {
        spendingControl.count(trade, bought);
      }
      return new Result.Done(store(signed));
    } catch (Refusal refused) {
      if (trade.terms().delegated() != null) {
        spendingControl.recordFailure(trade);
      }
      return new Result.Failed(refused.problem());
    }
  }

  /**
   * Executes a payment that its delegation covers; the caller has checked it under the delegation's
   * lock. Everything but the booking comes first, because all payments of a principal wait for each
   * other at the booking; when it fails, the caller rolls back the rest.
   *
   * @param request the request as it was received
   * @param checked the facts that the payment rests on
   * @return empty when the request id or the order is taken; nothing was written then
   * @throws Refusal {@code insufficient_balance}, or a refusal of the payment source; the caller
   *     rolls back
   */
  public Optional<Executed> payDelegated(Trade trade, String request, Checked checked, Instant at) {
    var iacDigest = checked.iacDigest();
    var evidence = DelegatedPaymentEvidence.signed(trade, iacDigest, at, world.signer());
    var signed = sign(trade, paymentProofs.issue(trade, evidence, iacDigest, at), at);
    if (!trades.add(signed.paid(), request)) {
      return Optional.empty();
    }
    var executed = report(signed);
    spendingControl.count(trade, checked.bought());
    book(trade, at);
    return Optional.of(executed);
  }

  /** Holds everything that is signed for a payment; it is made before the accounts are locked. */
  private record SignedPayment(
      Trade paid, Trade.Paid paidDetails, Instant at, Notification notification) {}

  private SignedPayment sign(Trade trade, Trade.Paid paidDetails, Instant at) {
    var paid = trade.pay(paidDetails, at);
    return new SignedPayment(
        paid, paidDetails, at, notifications.sign(NotificationEvent.PAYMENT_SUCCEEDED, paid));
  }

  private Executed store(SignedPayment signed) {
    trades.update(signed.paid());
    return report(signed);
  }

  private Executed report(SignedPayment signed) {
    var paid = signed.paid();
    attestations.completed(paid, signed.paidDetails(), signed.at());
    return new Executed(paid, notifications.add(signed.notification(), paid));
  }

  /**
   * Books the payment. From here on, payments from one source, and then all of a principal, wait
   * for each other.
   */
  private void book(Trade trade, Instant at) {
    paymentSources.lock(trade.terms(), at);
    ledgerPort.book(
        Transfer.payment(
            trade.tradeNo(),
            trade.terms().account(),
            AccountNumbers.receivable(trade.terms().bill().payee()),
            trade.terms().amount(),
            at));
  }
}
