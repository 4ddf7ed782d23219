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
import org.actsandbox.sandbox.psp.instrument.InstrumentBook;

/**
 * Takes an instant payment request (ACT PSD-3): everything is checked before the cashier opens, and
 * nothing moves until the principal approves.
 */
public final class InstantPayments implements Admission {

  public static final Duration CASHIER_OPEN = Duration.ofMinutes(15);
  static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final InstrumentBook instruments;
  private final List<PaymentRule> rules;
  private final Desk desk;

  /** Where requests go once they are admitted. */
  public record Desk(Trades trades, TradeEnds ends, TradeLog log) {}

  /**
   * @param rules in the order in which they are checked
   */
  public InstantPayments(
      PspWorld world, InstrumentBook instruments, List<PaymentRule> rules, Desk desk) {
    this.world = world;
    this.instruments = instruments;
    this.rules = rules;
    this.desk = desk;
  }

  /**
   * @throws Refusal {@code duplicate_request}, or of the first broken rule: a replay is looked for
   *     before anything else
   */
  @Override
  public Taken take(byte[] body, Did caller) {
    var asking = new Asking(world, instruments, body, caller);
    var known = desk.trades().byRequest(caller, asking.request().requestId());
    if (known.isPresent()) {
      return RequestChecks.replay(known.get(), asking.digest());
    }
    rules.forEach(rule -> rule.check(asking));
    return store(trade(asking), Json.write(asking.raw()));
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

  private Trade trade(Asking asking) {
    var request = asking.request();
    var instrument = asking.instrument();
    var amount = asking.amount();
    var now = asking.now();
    var bill = request.bill();
    var latest = now.plus(CASHIER_OPEN);
    return new Trade(
        world.ids().next("T"),
        asking.digest(),
        new Trade.Asked(
            request.requestId(),
            asking.caller(),
            instrument.principal(),
            FlowCheck.intent(bill, request.intentId()),
            new Trade.Bill(
                asking.payee(),
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

  private Taken store(Trade trade, String request) {
    if (desk.trades().add(trade, request)) {
      return announced(trade);
    }
    var same = desk.trades().byRequest(trade.asked().agent(), trade.asked().requestId());
    if (same.isPresent()) {
      return RequestChecks.replay(same.get(), trade.digest());
    }
    var open = desk.trades().openOf(trade.asked().bill());
    // One that nobody could approve any more does not stand in the way.
    if (open.isEmpty() || desk.ends().endIfOverdue(open.get().tradeNo())) {
      if (desk.trades().add(trade, request)) {
        return announced(trade);
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
          .at("merchant_order_no");
    }
    throw RequestChecks.taken(open.get());
  }

  private Taken announced(Trade trade) {
    world.agenda().note(trade.expiresAt());
    desk.log().moved(COMPONENT, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    return new Taken(trade, true);
  }
}
