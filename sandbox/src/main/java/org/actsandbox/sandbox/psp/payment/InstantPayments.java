package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * Takes instant payment requests (ACT PSD-3): everything is checked before the cashier opens, and
 * no money moves until the principal approves.
 */
public final class InstantPayments implements PaymentAdmission {

  public static final Duration CASHIER_OPEN = Duration.ofMinutes(15);

  private final PspWorld world;
  private final Instruments instruments;
  private final List<PaymentRule> rules;
  private final Trades trades;
  private final PaymentOpening opening;

  /**
   * @param rules in the order in which they are checked
   */
  public InstantPayments(
      PspWorld world,
      Instruments instruments,
      List<PaymentRule> rules,
      Trades trades,
      PaymentOpening opening) {
    this.world = world;
    this.instruments = instruments;
    this.rules = rules;
    this.trades = trades;
    this.opening = opening;
  }

  /**
   * @throws Refusal {@code duplicate_request}, or the refusal of the first broken rule; a replay is
   *     answered alike although it breaks rules by now
   */
  @Override
  public PaymentAdmission.AdmittedPayment take(byte[] body, Did caller) {
    var paymentUnderCheck = new PaymentUnderCheck(world, instruments, body, caller);
    try {
      return open(paymentUnderCheck);
    } catch (Refusal refusal) {
      // The look-up comes only now, so that a first request, the usual case, saves a statement.
      var known =
          trades
              .findByRequest(caller, paymentUnderCheck.request().requestId())
              .orElseThrow(() -> refusal);
      return PaymentRequestChecks.replay(known, paymentUnderCheck.digest());
    }
  }

  private PaymentAdmission.AdmittedPayment open(PaymentUnderCheck paymentUnderCheck) {
    rules.forEach(rule -> rule.check(paymentUnderCheck));
    return opening.open(
        trade(paymentUnderCheck),
        Json.write(paymentUnderCheck.raw()),
        paymentUnderCheck.request().callbackUrl());
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
        Trade.Progress.waiting(amount));
  }
}
