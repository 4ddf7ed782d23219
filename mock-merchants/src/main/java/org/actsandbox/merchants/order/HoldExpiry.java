package org.actsandbox.merchants.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.protocol.time.EmptyTableCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends holds nobody paid for and gives their stock back, racing fairly with payments. */
public final class HoldExpiry implements DueWork {

  private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);
  private static final int STEP = 100;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final EarliestWakeUp hint;
  private final EmptyTableCache waiting = new EmptyTableCache();

  public HoldExpiry(MerchantContext merchantContext, Orders orders) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.hint = new EarliestWakeUp(merchantContext.world().agenda());
  }

  /** To be called after the hold is committed. */
  void holdAdded(Instant due) {
    waiting.markWritten();
    hint.wakeAt(due);
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting.firstUnlessEmpty(orders::nextHold);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return orders.waitingHolds(limit);
  }

  @Override
  public void fireDue(Instant now) {
    hint.forget();
    List<String> due;
    do {
      due = orders.dueHolds(now, STEP);
      due.forEach(orderNo -> expireOrPostpone(orderNo, now));
    } while (due.size() == STEP);
    nextDue().ifPresent(hint::wakeAt);
  }

  private void expireOrPostpone(String orderNo, Instant now) {
    try {
      expire(orderNo, now);
    } catch (RuntimeException failed) {
      log.error("hold of {} could not be ended, will be tried again", orderNo, failed);
      orders.postponeExpiry(orderNo, now.plus(PAUSE_AFTER_FAILURE));
    }
  }

  /** False when the order was paid, cancelled or expired before. */
  public boolean expire(String orderNo, Instant now) {
    boolean expired =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  boolean won = orders.expire(orderNo, now);
                  if (won) {
                    merchantContext.vertical().release(orderNo);
                  }
                  return won;
                });
    if (expired) {
      merchantContext.note(
          ActComponent.CID_CART_CFM,
          "hold-expired",
          Map.of(JournalIds.ORDER_NO, orderNo),
          Map.of());
    }
    return expired;
  }
}
