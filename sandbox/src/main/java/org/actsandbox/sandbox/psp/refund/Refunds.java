package org.actsandbox.sandbox.psp.refund;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.payment.PspMessages.Refund;
import org.actsandbox.protocol.payment.PspMessages.RefundRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.PaymentRequestChecks;
import org.actsandbox.sandbox.psp.proof.Fulfilments;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * Makes full and partial refunds to the account that paid, never more than was paid. The same
 * refund request id pays back once.
 */
public final class Refunds {

  /** The prefix of the request ids of refunds that the dispute service orders. */
  public static final String DISPUTE_PREFIX = "dispute:";

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  private final PspWorld world;
  private final RefundStore store;
  private final Trades trades;
  private final LedgerPort ledgerPort;
  private final TradeLog log;
  private final Notifications notifications;

  public Refunds(
      PspWorld world,
      Trades trades,
      LedgerPort ledgerPort,
      TradeLog log,
      Notifications notifications) {
    this.world = world;
    this.store = new RefundStore(world);
    this.trades = trades;
    this.ledgerPort = ledgerPort;
    this.log = log;
    this.notifications = notifications;
  }

  /**
   * @throws Refusal for a bad signature; {@code key_forbidden} for another merchant's payment;
   *     {@code duplicate_request}; {@code expired_request}; {@code refund_not_allowed} when nothing
   *     was paid; {@code refund_exceeds}
   */
  public Refund refund(byte[] body, Did caller) {
    var jsonMessage = JsonMessage.parse(body);
    var request = jsonMessage.bind(RefundRequest.class);
    var amount = amount(request);
    if (request.refundRequestId().startsWith(DISPUTE_PREFIX)) {
      throw FieldChecks.invalid(
          "refund_request_id",
          "anything else: these numbers are the dispute service's",
          request.refundRequestId());
    }
    Fulfilments.requirePayee(jsonMessage.verifySigner(world.keys()), caller);
    return refundOnce(request, amount, caller).refund();
  }

  /**
   * Represents a refund after a request for it.
   *
   * @param isNew whether this request moved the money; false for a repetition
   */
  public record RefundOutcome(Refund refund, boolean isNew) {}

  /**
   * Makes a refund for a payee whose request came, signed, in another form than ACT's.
   *
   * @throws Refusal as {@link #refund(byte[], Did)} but for the signature
   */
  public RefundOutcome refundFor(RefundRequest request, Did payee) {
    return refundOnce(request, amount(request), payee);
  }

  private RefundOutcome refundOnce(RefundRequest request, Money amount, Did payee) {
    var known = store.find(payee, request.refundRequestId());
    if (known.isPresent()) {
      return new RefundOutcome(requireSame(known.get(), request, amount), false);
    }
    PaymentRequestChecks.requireFresh("timestamp", request.timestamp(), world.now());
    Fulfilments.requirePayee(trades.get(request.tradeNo()).terms().bill().payee(), payee);
    var moved = world.inTransaction(() -> refund(request, amount, payee, false));
    if (moved.isEmpty()) {
      // A concurrent repetition of the same request was faster.
      var faster = store.find(payee, request.refundRequestId()).orElseThrow();
      return new RefundOutcome(requireSame(faster, request, amount), false);
    }
    announce(moved.get());
    return new RefundOutcome(moved.get().refund(), true);
  }

  private static Money amount(RefundRequest request) {
    MistakeCollector.checkValues(request);
    return FieldChecks.money("amount", request.amount(), request.currency());
  }

  /**
   * Makes a refund that the dispute service orders, without asking the payee (ACT TSD-6). Ours: it
   * is never more than what is left, so refunds that the payee made meanwhile count.
   *
   * @throws Refusal for a bad signature; {@code key_forbidden} for an order of any other signer;
   *     {@code duplicate_request}; {@code expired_request}; {@code refund_not_allowed}; {@code
   *     refund_exceeds} when nothing is left
   */
  public Refund refundByFinding(byte[] body) {
    var jsonMessage = JsonMessage.parse(body);
    var request = jsonMessage.bind(RefundRequest.class);
    var amount = amount(request);
    requireService(jsonMessage.verifySigner(world.keys()), request.refundRequestId());
    var payee = trades.get(request.tradeNo()).terms().bill().payee();
    var known = store.find(payee, request.refundRequestId());
    if (known.isPresent()) {
      return requireSameOrder(known.get(), request);
    }
    PaymentRequestChecks.requireFresh("timestamp", request.timestamp(), world.now());
    var moved = world.inTransaction(() -> refund(request, amount, payee, true));
    if (moved.isEmpty()) {
      return requireSameOrder(store.find(payee, request.refundRequestId()).orElseThrow(), request);
    }
    announce(moved.get());
    return moved.get().refund();
  }

  private void requireService(Did signer, String refundRequestId) {
    if (world.attestations().provider().filter(signer::equals).isEmpty()
        || !refundRequestId.startsWith(DISPUTE_PREFIX)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "only the dispute service orders refunds")
          .at("signer_id")
          .observed(signer.value());
    }
  }

  private static Refund requireSameOrder(Refund known, RefundRequest request) {
    if (!known.tradeNo().equals(request.tradeNo())) {
      throw conflict(request);
    }
    return known;
  }

  /**
   * Returns the numbers of a payment's refunds, the oldest first, whether the payee or the dispute
   * service asked for them.
   */
  public List<String> numbers(String tradeNo) {
    return store.numbers(tradeNo);
  }

  /** Finds a payee's refund by its request id. */
  public Optional<Refund> find(Did payee, String refundRequestId) {
    return store.find(payee, refundRequestId);
  }

  /**
   * @throws Refusal {@code not_found}, also for another merchant's refund
   */
  public Refund get(Did payee, String refundRequestId) {
    return store
        .find(payee, FieldChecks.text("refund_request_id", refundRequestId, 64))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such refund")
                    .at("refund_request_id")
                    .observed(refundRequestId));
  }

  private record Moved(Trade before, Trade trade, Refund refund, String notificationId) {}

  /**
   * @param atMost whether the refund shrinks to what is left
   */
  private Optional<Moved> refund(RefundRequest request, Money wanted, Did payee, boolean atMost) {
    var trade = trades.lock(request.tradeNo());
    if (store.find(payee, request.refundRequestId()).isPresent()) {
      return Optional.empty();
    }
    var amount = atMost ? atMost(trade, wanted) : wanted;
    requireRefundable(trade, amount);
    var refunded = trade.refund(amount);
    var refund =
        new Refund(
            request.refundRequestId(),
            world.ids().next("RF"),
            trade.tradeNo(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            refunded.progress().refunded().decimal(),
            refunded.progress().state(),
            world.now());
    if (!store.add(payee, refund, amount, refunded.progress().refunded(), request.reason())) {
      return Optional.empty();
    }
    trades.update(refunded);
    ledgerPort.book(
        Transfer.refund(
            refund.refundNo(),
            trade.tradeNo(),
            AccountNumbers.receivable(payee),
            trade.terms().account(),
            amount,
            refund.refundedAt()));
    return Optional.of(
        new Moved(
            trade,
            refunded,
            refund,
            notifications.add(NotificationEvent.REFUND_SUCCEEDED, refunded)));
  }

  private static Money atMost(Trade trade, Money wanted) {
    var left = trade.terms().amount().minus(trade.progress().refunded());
    boolean less =
        left.currency().equals(wanted.currency()) && wanted.moreThan(left) && !left.isZero();
    return less ? left : wanted;
  }

  private static void requireRefundable(Trade trade, Money amount) {
    if (trade.progress().status() != PaymentStatus.PAID) {
      throw new Refusal(Problem.REFUND_NOT_ALLOWED, "nothing was paid")
          .at("trade_no")
          .observed(trade.progress().status().code());
    }
    var paid = trade.terms().amount();
    if (!paid.currency().equals(amount.currency())) {
      throw new Refusal(Problem.REFUND_NOT_ALLOWED, "the payment was in another currency")
          .at("currency")
          .expected(paid.currency().getCurrencyCode())
          .observed(amount.currency().getCurrencyCode());
    }
    var left = paid.minus(trade.progress().refunded());
    if (amount.moreThan(left)) {
      throw new Refusal(Problem.REFUND_EXCEEDS, "more would be paid back than was paid")
          .at("amount")
          .expected("at most " + left)
          .observed(amount.toString());
    }
  }

  private static Refund requireSame(Refund known, RefundRequest request, Money amount) {
    if (known.tradeNo().equals(request.tradeNo())
        && known.amount().equals(amount.decimal())
        && known.currency().equals(request.currency())) {
      return known;
    }
    throw conflict(request);
  }

  private static Refusal conflict(RefundRequest request) {
    return new Refusal(Problem.DUPLICATE_REQUEST, "the refund request id stands for another refund")
        .at("refund_request_id")
        .observed(request.refundRequestId())
        .remedy("Use a new refund_request_id for another refund.");
  }

  private void announce(Moved moved) {
    log.note(
        JournalNote.Kind.STATE,
        JournalEvent.REFUNDED,
        moved.trade(),
        Map.of(
            "refund_no", moved.refund().refundNo(),
            "amount", moved.refund().amount(),
            "refunded_total", moved.refund().refundedTotal()));
    if (moved.trade().progress().state() != moved.before().progress().state()) {
      log.moved(
          COMPONENT,
          moved.before().progress().state(),
          moved.trade(),
          TradeEvent.COMPENSATION_COMPLETED);
    }
    notifications.sendAfterCommit(moved.notificationId(), moved.trade());
  }
}
