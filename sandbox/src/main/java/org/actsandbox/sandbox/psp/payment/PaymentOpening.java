package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/**
 * Stores a payment whose request was checked, and opens the cashier for it. An order has one open
 * or completed payment at most, in whichever form it was requested.
 */
public final class PaymentOpening {

  static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final Trades trades;
  private final TradeTermination termination;
  private final TradeLog log;
  private final Notifications notifications;

  public PaymentOpening(
      PspWorld world,
      Trades trades,
      TradeTermination termination,
      TradeLog log,
      Notifications notifications) {
    this.world = world;
    this.notifications = notifications;
    this.trades = trades;
    this.termination = termination;
    this.log = log;
  }

  /**
   * @param request the request as it was received, as JSON
   * @param callbackUrl where the agent is notified of this payment; null for nowhere
   * @throws Refusal {@code duplicate_request}, {@code payment_closed}
   */
  public PaymentAdmission.AdmittedPayment open(
      Trade trade, String request, @Nullable String callbackUrl) {
    if (add(trade, request, callbackUrl)) {
      return announce(trade);
    }
    var same = trades.findByRequest(trade.terms().agent(), trade.terms().requestId());
    if (same.isPresent()) {
      return PaymentRequestChecks.replay(same.get(), trade.digest());
    }
    var open = trades.findOpen(trade.terms().bill());
    // An overdue payment, which cannot be approved any more, does not block a new one.
    if (open.isEmpty() || termination.endIfOverdue(open.get().tradeNo())) {
      if (add(trade, request, callbackUrl)) {
        return announce(trade);
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
          .at("merchant_order_no");
    }
    throw PaymentRequestChecks.orderTaken(open.get());
  }

  private boolean add(Trade trade, String request, @Nullable String callbackUrl) {
    return world.inTransaction(
        () -> {
          boolean added = trades.add(trade, request);
          if (added && callbackUrl != null) {
            notifications
                .deliveries()
                .addCallback(trade.tradeNo(), trade.terms().agent(), callbackUrl);
          }
          return added;
        });
  }

  private PaymentAdmission.AdmittedPayment announce(Trade trade) {
    world.agenda().wakeAt(trade.expiresAt());
    log.moved(COMPONENT, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    return new PaymentAdmission.AdmittedPayment(trade, true);
  }
}
