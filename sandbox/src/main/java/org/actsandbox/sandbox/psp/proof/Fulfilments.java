package org.actsandbox.sandbox.psp.proof;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.participant.RepeatableWork;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.payment.PspMessages.FulfilmentConfirmation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * Takes the payee's confirmation that it delivered (ACT A402-7), once; a repetition changes
 * nothing.
 */
public final class Fulfilments {

  private final PspWorld world;
  private final Trades trades;
  private final TradeLog log;
  private final Notifications notifications;

  public Fulfilments(PspWorld world, Trades trades, TradeLog log, Notifications notifications) {
    this.world = world;
    this.trades = trades;
    this.log = log;
    this.notifications = notifications;
  }

  public record Confirmed(String tradeNo, TransactionState transactionState, Instant confirmedAt) {}

  /**
   * @param repeats whether the caller is a merchant of this process, which confirms again after a
   *     crash unless its own later change is in the same file
   * @throws Refusal for a bad signature; {@code key_forbidden} for another merchant's payment;
   *     {@code bill_mismatch}; {@code duplicate_request} for another delivery than the confirmed
   *     one; {@code illegal_transition} before payment or after the trade was closed
   */
  public Confirmed confirm(byte[] body, Did caller, boolean repeats) {
    var jsonMessage = JsonMessage.parse(body);
    var confirmation = jsonMessage.bind(FulfilmentConfirmation.class);
    requirePayee(jsonMessage.verifySigner(world.keys()), caller);
    var before = trades.get(confirmation.tradeNo());
    requirePayee(before.terms().bill().payee(), caller);
    requireSame("out_trade_no", before.terms().bill().orderNo(), confirmation.outTradeNo());
    requireSame("resource_id", before.terms().bill().resourceId(), confirmation.resourceId());
    // A notification has its id and must not be made twice, so the file has it before it is sent.
    return repeats && !notifications.isWantedByAgent(NotificationEvent.FULFILMENT_CONFIRMED, before)
        ? RepeatableWork.call(() -> confirm(before, confirmation.deliveryDigest()))
        : confirm(before, confirmation.deliveryDigest());
  }

  /**
   * Takes a confirmation whose sender and content were checked by the caller.
   *
   * @throws Refusal {@code duplicate_request}, {@code illegal_transition}
   */
  public Confirmed confirm(String tradeNo, String deliveryDigest) {
    return confirm(trades.get(tradeNo), deliveryDigest);
  }

  private Confirmed confirm(Trade known, String deliveryDigest) {
    var tradeNo = known.tradeNo();
    var moved = world.inTransaction(() -> move(known, deliveryDigest));
    moved.ifPresent(this::announce);
    var confirmed = moved.map(Moved::trade).orElseGet(() -> trades.get(tradeNo));
    return new Confirmed(tradeNo, confirmed.progress().state(), world.now());
  }

  /** Moves a payment that was read without a lock, or else the one that another has changed. */
  private Optional<Moved> move(Trade known, String deliveryDigest) {
    var progress = known.progress();
    if (progress.deliveryDigest() == null && progress.status() == PaymentStatus.PAID) {
      var delivered = known.deliver(deliveryDigest);
      if (trades.updateIfUnchanged(progress, delivered)) {
        notifications.addForAgent(NotificationEvent.FULFILMENT_CONFIRMED, delivered);
        return Optional.of(new Moved(progress.state(), delivered));
      }
    }
    return moveLocked(trades.lock(known.tradeNo()), deliveryDigest);
  }

  /** Holds the state before the confirmation and the trade after it. */
  private record Moved(TransactionState from, Trade trade) {}

  private Optional<Moved> moveLocked(Trade trade, String deliveryDigest) {
    var known = trade.progress().deliveryDigest();
    if (known != null) {
      if (known.equals(deliveryDigest)) {
        return Optional.empty();
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another delivery was confirmed already")
          .at("delivery_digest")
          .expected(known)
          .observed(deliveryDigest);
    }
    if (trade.progress().status() != PaymentStatus.PAID) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "nothing was paid, so nothing is delivered")
          .at("trade_no")
          .observed(trade.progress().status().code());
    }
    var delivered = trade.deliver(deliveryDigest);
    trades.update(delivered);
    notifications.addForAgent(NotificationEvent.FULFILMENT_CONFIRMED, delivered);
    return Optional.of(new Moved(trade.progress().state(), delivered));
  }

  private void announce(Moved moved) {
    log.moved(
        ActComponent.PSD_PAY_A402,
        moved.from(),
        moved.trade(),
        TradeEvent.DELIVERY_COMMITTED,
        TradeEvent.FULFILLMENT_CONFIRMED);
    notifications.deliveries().wakeUp();
  }

  /**
   * Passes when the payee is the caller: key, signature and payment must belong to the same
   * merchant.
   */
  public static void requirePayee(Did payee, Did caller) {
    if (!payee.equals(caller)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "this is another merchant's affair")
          .at("signer_id")
          .expected(caller.value())
          .observed(payee.value());
    }
  }

  private static void requireSame(String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(Problem.BILL_MISMATCH, "the payment is for something else")
          .at(field)
          .expected(expected)
          .observed(observed);
    }
  }
}
