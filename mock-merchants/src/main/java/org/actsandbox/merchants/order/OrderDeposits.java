package org.actsandbox.merchants.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.DepositDecisions;
import org.actsandbox.merchants.deposit.DepositStore;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EmptyTableCache;
import org.jspecify.annotations.Nullable;

/**
 * Takes the deposits of orders and gives them back: after the stay, or earlier if a person of the
 * merchant decides so.
 */
public final class OrderDeposits implements DueWork {

  private static final Duration UNTIL_NEXT_LOOK = Duration.ofDays(1);

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantRefunds merchantRefunds;
  private final OrderView orderView;
  private final DepositStore store;
  private final DepositDecisions decisions;
  private final DueBatches batches;
  private final EmptyTableCache held = new EmptyTableCache();

  public OrderDeposits(
      MerchantContext merchantContext, Orders orders, MerchantRefunds merchantRefunds) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantRefunds = merchantRefunds;
    this.orderView = new OrderView(merchantContext, merchantRefunds);
    this.store = new DepositStore(merchantContext);
    this.decisions = new DepositDecisions(merchantContext);
    this.batches =
        new DueBatches(store.due(), merchantContext.world().agenda(), this::returnWhenDue);
  }

  /** Decides about the deposit that a quote includes; null if it includes none. */
  @Nullable Deposit decide(CartRequest cart, String digest, CartQuote quote) {
    var full = quote.deposit();
    if (full.isEmpty()) {
      return null;
    }
    var returnedAt =
        cart.lines().stream()
            .flatMap(line -> merchantContext.vertical().depositReturn(line.offerId()).stream())
            .max(Instant::compareTo)
            .orElseThrow(() -> new IllegalStateException("a deposit without an end"));
    return decisions.decide(cart, digest, full.get(), returnedAt);
  }

  /** Stores what an order takes as a deposit, in the transaction of the order. */
  void store(Order order) {
    var deposit = order.deposit();
    if (deposit != null && !deposit.taken(order.currency()).isZero()) {
      store.add(order, deposit);
    }
  }

  /** Notes a new order; must be called after its commit. */
  void orderAdded(Order order) {
    var deposit = order.deposit();
    if (deposit == null) {
      return;
    }
    held.markWritten();
    batches.wakeAt(deposit.returnedAt());
    merchantContext.note(
        JournalEvent.DEPOSIT_DECIDED,
        Map.of(JournalIds.ORDER_NO, order.orderNo(), JournalIds.INTENT_ID, order.intentId()),
        Map.of(
            "amount", deposit.amount(),
            "decision", deposit.decision().name(),
            "result", deposit.result() == null ? "" : deposit.result().name()));
  }

  /**
   * Gives a deposit back now, because a person of the merchant decided so.
   *
   * @throws Refusal {@code refund_not_allowed} if there is none, or the order is not paid
   */
  public Order giveBack(String orderNo) {
    var stored = orders.get(orderNo);
    if (!stored.isPaid() || store.held(stored.confirmed()).isZero()) {
      throw nothingHeld(stored);
    }
    refund(stored);
    return orderView.of(orders.get(orderNo));
  }

  private void refund(StoredOrder stored) {
    var orderNo = stored.orderNo();
    var tradeNo = stored.tradeNo();
    if (tradeNo == null) {
      throw new IllegalStateException("paid order %s has no trade".formatted(orderNo));
    }
    var amount = store.held(stored.confirmed());
    var requestId = "deposit-" + orderNo;
    merchantContext
        .world()
        .inTransaction(
            () -> {
              merchantRefunds.reserve(
                  new MerchantRefunds.DecidedRefund(
                      requestId, orderNo, tradeNo, amount, "deposit returned"));
              if (!store.close(orderNo)) {
                throw nothingHeld(stored);
              }
              return true;
            });
    merchantContext.note(
        JournalEvent.DEPOSIT_RETURNED, stored.ids(), Map.of("amount", amount.decimal()));
    merchantRefunds.attempt(requestId);
  }

  private static Refusal nothingHeld(StoredOrder stored) {
    return new Refusal(Problem.REFUND_NOT_ALLOWED, "there is no deposit to give back")
        .at("order_no")
        .expected("a paid order with a deposit that was not given back yet")
        .observed(stored.orderNo() + " is " + stored.status());
  }

  @Override
  public Optional<Instant> nextDue() {
    return held.firstUnlessEmpty(batches::nextDue);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return batches.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    batches.fireDue(now);
  }

  private boolean returnWhenDue(String orderNo, Instant now) {
    var stored = orders.get(orderNo);
    switch (stored.status()) {
      case PAID, DELIVERED -> returnOrClose(stored);
      // A late payment may still pay an order that is on hold again.
      case HELD -> store.due().postpone(orderNo, now.plus(UNTIL_NEXT_LOOK));
      case EXPIRED, CANCELLED, REFUNDED -> store.close(orderNo);
    }
    return true;
  }

  private void returnOrClose(StoredOrder stored) {
    try {
      refund(stored);
    } catch (Refusal refused) {
      // Staff gave so much of the order back that the deposit is not left.
      merchantContext.note(
          JournalEvent.DEPOSIT_RETURNED,
          stored.ids(),
          Map.of("amount", "0.00", "code", refused.problem().code()));
      store.close(stored.orderNo());
    }
  }
}
