package org.actsandbox.merchants.psp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.protocol.time.EmptyTableCache;
import org.jspecify.annotations.Nullable;

/**
 * Calls the payment service again with growing pauses of the world's clock until it answers or the
 * attempts run out.
 */
final class PspRetries implements DueWork {

  /**
   * The pause before the first retry, which is seldom needed because of the attempt right after the
   * commit.
   */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private static final List<Duration> PAUSES =
      List.of(
          FIRST_PAUSE,
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));
  private static final int BATCH_SIZE = 50;

  private final String what;
  private final MerchantOutbox merchantOutbox;
  private final Predicate<String> attempt;
  private final EarliestWakeUp wakeUp;
  private final EmptyTableCache pendingRows = new EmptyTableCache();

  /**
   * @param what the kind of work that waits, as the console shows it
   * @param attempt makes one attempt; false when the payment service gave no answer at all
   */
  PspRetries(
      MerchantContext merchantContext,
      String what,
      MerchantOutbox merchantOutbox,
      Predicate<String> attempt) {
    this.what = what;
    this.merchantOutbox = merchantOutbox;
    this.attempt = attempt;
    this.wakeUp = new EarliestWakeUp(merchantContext.world().agenda());
  }

  /**
   * Returns when to try again after {@code attempts} failed attempts; null if there are no more.
   */
  static @Nullable Instant next(Instant now, int attempts) {
    return attempts < PAUSES.size() ? now.plus(PAUSES.get(attempts)) : null;
  }

  /**
   * Notes a new row; must be called after its commit, when its first attempt is about to be made.
   */
  void rowAdded() {
    pendingRows.markWritten();
  }

  void wakeAt(@Nullable Instant due) {
    pendingRows.markWritten();
    if (due != null) {
      wakeUp.wakeAt(due);
    }
  }

  @Override
  public Optional<Instant> nextDue() {
    return pendingRows.firstUnlessEmpty(merchantOutbox::next);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return merchantOutbox.waiting(what, limit);
  }

  @Override
  public void fireDue(Instant now) {
    wakeUp.forget();
    boolean answering = true;
    List<String> due;
    do {
      due = merchantOutbox.due(now, BATCH_SIZE);
      for (var id : due) {
        answering = answering && attempt.test(id);
      }
    } while (answering && due.size() == BATCH_SIZE);
    if (!answering) {
      merchantOutbox.postpone(now, now.plus(FIRST_PAUSE));
    }
    nextDue().ifPresent(wakeUp::wakeAt);
  }
}
