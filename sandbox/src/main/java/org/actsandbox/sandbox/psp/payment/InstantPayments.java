package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.InstrumentLookup;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/**
 * Takes instant payment requests (ACT PSD-3): everything is checked before the cashier opens, and
 * no money moves until the principal approves.
 */
public final class InstantPayments implements PaymentAdmission {

  public static final Duration CASHIER_OPEN = Duration.ofMinutes(15);
  static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final InstrumentLookup instruments;
  private final List<PaymentRule> rules;
  private final Collaborators collaborators;

  /** Bundles the services that take over an admitted request. */
  public record Collaborators(
      Trades trades, TradeTermination termination, TradeLog log, Notifications notifications) {}

  /**
   * @param rules in the order in which they are checked
   */
  public InstantPayments(
      PspWorld world,
      InstrumentLookup instruments,
      List<PaymentRule> rules,
      Collaborators collaborators) {
    this.world = world;
    this.instruments = instruments;
    this.rules = rules;
    this.collaborators = collaborators;
  }

  /**
   * @throws Refusal {@code duplicate_request}, or the refusal of the first broken rule; a replay is
   *     detected before any other check
   */
  @Override
  public PaymentAdmission.AdmittedPayment take(byte[] body, Did caller) {
    var paymentUnderCheck = new PaymentUnderCheck(world, instruments, body, caller);
    var known =
        collaborators.trades().findByRequest(caller, paymentUnderCheck.request().requestId());
    if (known.isPresent()) {
      return PaymentRequestChecks.replay(known.get(), paymentUnderCheck.digest());
    }
    rules.forEach(rule -> rule.check(paymentUnderCheck));
    return store(
        trade(paymentUnderCheck),
        Json.write(paymentUnderCheck.raw()),
        paymentUnderCheck.request().callbackUrl());
  }

  /**
   * @throws Refusal {@code expired_request}
   */
  public static void requireFresh(String field, Instant timestamp, Instant now) {
    if (Duration.between(timestamp, now).abs().compareTo(PaymentRule.TIME_WINDOW) > 0) {
      throw new Refusal(Problem.EXPIRED_REQUEST, "the request is outside the time window")
          .at(field)
          .expected("within " + PaymentRule.TIME_WINDOW + " of " + now)
          .observed(timestamp.toString())
          .remedy("Sign the request again with the current time.");
    }
  }

  private Trade trade(PaymentUnderCheck paymentUnderCheck) {
    var request = paymentUnderCheck.request();
    var instrument = paymentUnderCheck.instrument();
    var amount = paymentUnderCheck.amount();
    var now = paymentUnderCheck.now();
    var bill = request.bill();
    var latest = now.plus(CASHIER_OPEN);
    return new Trade(
        world.ids().next("T"),
        paymentUnderCheck.digest(),
        new Trade.PaymentTerms(
            request.requestId(),
            paymentUnderCheck.caller(),
            instrument.principal(),
            FlowIdentifierCheck.intent(bill, request.intentId()),
            new Trade.Bill(
                paymentUnderCheck.payee(),
                request.merchantOrderNo(),
                bill.resourceId(),
                bill.requestMethod(),
                bill.requestFingerprint(),
                bill.idempotencyKey()),
            amount,
            instrument.ref(),
            instrument.account(),
            instrument.label(),
            request.description(),
            null),
        now,
        bill.payBefore().isBefore(latest) ? bill.payBefore() : latest,
        new Trade.Progress(
            PaymentStatus.WAITING_FOR_APPROVAL,
            TransactionState.CREATE.move(TradeEvent.PAYMENT_NEEDED_ISSUED),
            null,
            null,
            null,
            Money.zero(amount.currency()),
            null));
  }

  private PaymentAdmission.AdmittedPayment store(
      Trade trade, String request, @Nullable String callbackUrl) {
    if (add(trade, request, callbackUrl)) {
      return announce(trade);
    }
    var same =
        collaborators.trades().findByRequest(trade.terms().agent(), trade.terms().requestId());
    if (same.isPresent()) {
      return PaymentRequestChecks.replay(same.get(), trade.digest());
    }
    var open = collaborators.trades().findOpen(trade.terms().bill());
    // An overdue payment, which cannot be approved any more, does not block a new one.
    if (open.isEmpty() || collaborators.termination().endIfOverdue(open.get().tradeNo())) {
      if (add(trade, request, callbackUrl)) {
        return announce(trade);
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
          .at("merchant_order_no");
    }
    throw PaymentRequestChecks.orderTaken(open.get());
  }

  private boolean add(Trade trade, String request, @Nullable String callbackUrl) {
    if (callbackUrl == null) {
      return collaborators.trades().add(trade, request);
    }
    return world.inTransaction(
        () -> {
          boolean added = collaborators.trades().add(trade, request);
          if (added) {
            collaborators
                .notifications()
                .deliveries()
                .addCallback(trade.tradeNo(), trade.terms().agent(), callbackUrl);
          }
          return added;
        });
  }

  private PaymentAdmission.AdmittedPayment announce(Trade trade) {
    world.agenda().wakeAt(trade.expiresAt());
    collaborators
        .log()
        .moved(COMPONENT, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    return new PaymentAdmission.AdmittedPayment(trade, true);
  }
}
