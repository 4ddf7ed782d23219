package org.actsandbox.merchants.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.KnownEmpty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends holds nobody paid for and gives their stock back, racing fairly with payments. */
public final class HoldExpiry implements DueWork {

  private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);
  private static final int STEP = 100;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final Outlet outlet;
  private final Orders orders;
  private final DueHint hint;
  private final KnownEmpty waiting = new KnownEmpty();

  public HoldExpiry(Outlet outlet, Orders orders) {
    this.outlet = outlet;
    this.orders = orders;
    this.hint = new DueHint(outlet.world().agenda());
  }

  /** To be called after the hold is committed. */
  void expect(Instant due) {
    waiting.written();
    hint.expect(due);
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting.first(orders::nextHold);
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
    nextDue().ifPresent(hint::expect);
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
        outlet
            .world()
            .inTransaction(
                () -> {
                  boolean won = orders.expire(orderNo, now);
                  if (won) {
                    outlet.vertical().release(orderNo);
                  }
                  return won;
                });
    if (expired) {
      outlet.note(
          ActComponent.CID_CART_CFM,
          "hold-expired",
          Map.of(JournalIds.ORDER_NO, orderNo),
          Map.of());
    }
    return expired;
  }
}
