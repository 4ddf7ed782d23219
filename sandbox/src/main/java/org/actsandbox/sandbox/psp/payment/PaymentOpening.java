package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * Stores a payment whose request was checked, and opens the cashier for it. An order has one open
 * or completed payment at most, in whatever form it was asked for.
 */
public final class PaymentOpening {

  static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  private final PspWorld world;
  private final Trades trades;
  private final TradeTermination termination;
  private final TradeLog log;

  public PaymentOpening(PspWorld world, Trades trades, TradeTermination termination, TradeLog log) {
    this.world = world;
    this.trades = trades;
    this.termination = termination;
    this.log = log;
  }

  /**
   * @param request the request as it was received, as JSON
   * @throws Refusal {@code duplicate_request}, {@code payment_closed}
   */
  public PaymentAdmission.AdmittedPayment open(Trade trade, String request) {
    if (trades.add(trade, request)) {
      return announce(trade);
    }
    var same = trades.findByRequest(trade.terms().agent(), trade.terms().requestId());
    if (same.isPresent()) {
      return PaymentRequestChecks.replay(same.get(), trade.digest());
    }
    var open = trades.findOpen(trade.terms().bill());
    // An overdue payment, which cannot be approved any more, does not block a new one.
    if (open.isEmpty() || termination.endIfOverdue(open.get().tradeNo())) {
      if (trades.add(trade, request)) {
        return announce(trade);
      }
      throw new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
          .at("merchant_order_no");
    }
    throw PaymentRequestChecks.orderTaken(open.get());
  }

  private PaymentAdmission.AdmittedPayment announce(Trade trade) {
    world.agenda().wakeAt(trade.expiresAt());
    log.moved(COMPONENT, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    return new PaymentAdmission.AdmittedPayment(trade, true);
  }
}
