package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.Instruments;

/**
 * Takes an instant payment request (ACT PSD-3): everything is checked before the cashier opens, and
 * nothing moves until the principal approves.
 */
public final class InstantPayments {

  public static final Duration WINDOW = Duration.ofMinutes(5);
  public static final Duration CASHIER_OPEN = Duration.ofMinutes(15);
  static final String COMPONENT = "PSD-PAY-INS";

  private final PspWorld world;
  private final Instruments instruments;
  private final Trades trades;
  private final TradeEnds ends;
  private final TradeLog log;
  private final BillCheck bills;

  public InstantPayments(
      PspWorld world, Instruments instruments, Trades trades, TradeEnds ends, TradeLog log) {
    this.world = world;
    this.instruments = instruments;
    this.trades = trades;
    this.ends = ends;
    this.log = log;
    this.bills = new BillCheck(world.keys());
  }

  /**
   * @param fresh false when the same request was answered before
   */
  public record Taken(Trade trade, boolean fresh) {}

  /**
   * @param caller whose key was shown
   * @throws Refusal in the order of PSD-3: replay, time window, signature, agent, instrument,
   *     payee, bill
   */
  public Taken take(byte[] body, Did caller) {
    var message = Message.parse(body);
    var request = message.bind(InstantPaymentRequest.class);
    var amount = bounded(request);
    var digest = message.digest();
    var known = trades.byRequest(caller, request.requestId());
    if (known.isPresent()) {
      return replay(known.get(), digest);
    }
    var now = world.now();
    requireFresh("timestamp", request.timestamp(), now);
    requireAgent(request, message.signer(world.keys()), caller);
    var instrument = instruments.get(request.instrumentRef());
    instrument.requireUsableBy(caller, now);
    instrument.requireCovers(amount);
    var payee = requirePayee(request.payee());
    bills.check(message.raw().path("bill"), request, amount, now);
    var trade = trade(request, digest, caller, payee, amount, instrument, now);
    return store(trade, Json.write(message.raw()));
  }

  /** The window also refuses messages from the future: clocks that far apart need looking at. */
  public static void requireFresh(String field, Instant timestamp, Instant now) {
    if (Duration.between(timestamp, now).abs().compareTo(WINDOW) > 0) {
      throw new Refusal(Problem.EXPIRED_REQUEST, "the request is outside the time window")
          .at(field)
          .expected("within " + WINDOW + " of " + now)
          .observed(timestamp.toString())
          .remedy("Sign the request again with the current time.");
    }
  }

  private static Money bounded(InstantPaymentRequest request) {
    Fields.text("request_id", request.requestId(), 64);
    Fields.text("merchant_order_no", request.merchantOrderNo(), 64);
    Fields.text("instrument_ref", request.instrumentRef(), 64);
    Fields.did("agent_id", request.agentId());
    if (request.intentId() != null) {
      Fields.text("intent_id", request.intentId(), 64);
    }
    if (request.description() != null) {
      Fields.text("description", request.description(), 256);
    }
    var bill = request.bill();
    Fields.text("bill.resource_id", bill.resourceId(), 256);
    Fields.text("bill.request_method", bill.requestMethod(), 16);
    Fields.text("bill.request_fingerprint", bill.requestFingerprint(), 64);
    if (bill.idempotencyKey() != null) {
      Fields.text("bill.idempotency_key", bill.idempotencyKey(), 128);
    }
    return Fields.money("amount", request.amount(), request.currency());
  }

  private static Taken replay(Trade known, String digest) {
    if (known.digest().equals(digest)) {
      return new Taken(known, false);
    }
    throw new Refusal(Problem.DUPLICATE_REQUEST, "the request id stands for another request")
        .at("request_id")
        .observed(known.asked().requestId())
        .remedy("Use a new request id for new content.");
  }

  private static void requireAgent(InstantPaymentRequest request, Did signer, Did caller) {
    if (!signer.value().equals(request.agentId())) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the agent itself must sign the request")
          .at("signer_id")
          .expected(request.agentId())
          .observed(signer.value());
    }
    if (!signer.equals(caller)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent")
          .at("agent_id")
          .expected(caller.value())
          .observed(signer.value());
    }
  }

  private Did requirePayee(String payee) {
    var did = Fields.did("payee", payee);
    if (world.payees().apply(did).isEmpty()) {
      throw new Refusal(Problem.PAYEE_UNKNOWN, "the payee has no account here")
          .at("payee")
          .observed(payee);
    }
    return did;
  }

  private Trade trade(
      InstantPaymentRequest request,
      String digest,
      Did agent,
      Did payee,
      Money amount,
      Instrument instrument,
      Instant now) {
    var bill = request.bill();
    var latest = now.plus(CASHIER_OPEN);
    return new Trade(
        world.ids().next("T"),
        digest,
        new Trade.Asked(
            request.requestId(),
            agent,
            request.intentId(),
            new Trade.Bill(
                payee,
                request.merchantOrderNo(),
                bill.resourceId(),
                bill.requestMethod(),
                bill.requestFingerprint(),
                bill.idempotencyKey()),
            amount,
            instrument.ref(),
            instrument.account(),
            instrument.label(),
            request.description()),
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
    if (trades.add(trade, request)) {
      return announced(trade);
    }
    var same = trades.byRequest(trade.asked().agent(), trade.asked().requestId());
    if (same.isPresent()) {
      return replay(same.get(), trade.digest());
    }
    var open = trades.openOf(trade.asked().bill());
    // One that nobody could approve any more does not stand in the way.
    if (open.isEmpty() || ends.endIfOverdue(open.get().tradeNo())) {
      if (trades.add(trade, request)) {
        return announced(trade);
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
          .at("merchant_order_no");
    }
    throw taken(open.get());
  }

  private Taken announced(Trade trade) {
    world.agenda().note(trade.expiresAt());
    log.moved(COMPONENT, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    return new Taken(trade, true);
  }

  private static Refusal taken(Trade open) {
    return open.waits()
        ? new Refusal(Problem.DUPLICATE_REQUEST, "a payment of this order waits for approval")
            .at("merchant_order_no")
            .observed(open.tradeNo())
            .remedy("Query or close payment " + open.tradeNo() + ".")
        : new Refusal(Problem.PAYMENT_CLOSED, "the order is paid already")
            .at("merchant_order_no")
            .observed(open.tradeNo())
            .remedy("Query payment " + open.tradeNo() + " for its proof.");
  }
}
