package org.actsandbox.merchants.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestDue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the holds of orders that were not paid in time and gives their stock back. Payments race
 * fairly against it: only one of the two changes the order.
 */
public final class HoldExpiry implements DueWork {

  private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final DueBatches batches;
  private final EarliestDue earliestHold = new EarliestDue();

  public HoldExpiry(MerchantContext merchantContext, Orders orders) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.batches =
        new DueBatches(orders.holds(), merchantContext.world().agenda(), this::expireOrPostpone);
  }

  /** Notes a new hold; must be called after the hold is committed. */
  void holdAdded(Instant due) {
    earliestHold.added(due);
    batches.wakeAt(due);
  }

  @Override
  public Optional<Instant> nextDue() {
    return earliestHold.exactly(batches::nextDue);
  }

  @Override
  public Optional<Instant> notBefore(Instant now) {
    return earliestHold.notBefore(now, batches::nextDue);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return batches.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    batches.fireDue(now);
  }

  private boolean expireOrPostpone(String orderNo, Instant now) {
    try {
      expire(orderNo, now);
    } catch (RuntimeException failed) {
      log.error("hold of {} could not be ended, will be tried again", orderNo, failed);
      orders.holds().postpone(orderNo, now.plus(PAUSE_AFTER_FAILURE));
    }
    return true;
  }

  /** Ends the hold of one order; false when the order was paid, cancelled or expired before. */
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
          JournalEvent.HOLD_EXPIRED, Map.of(JournalIds.ORDER_NO, orderNo), Map.of());
    }
    return expired;
  }
}
