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
 * Asks the PSP again, with growing pauses of the world's clock, until it answers or it is enough.
 */
final class PspRetries implements DueWork {

  /** Before the first retry; the attempt right after the commit usually makes it needless. */
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
  private static final int STEP = 50;

  private final String what;
  private final MerchantOutbox merchantOutbox;
  private final Predicate<String> attempt;
  private final EarliestWakeUp hint;
  private final EmptyTableCache waiting = new EmptyTableCache();

  /**
   * @param what waits, for people
   * @param attempt makes one attempt; false when the PSP gave no answer at all
   */
  PspRetries(
      MerchantContext merchantContext,
      String what,
      MerchantOutbox merchantOutbox,
      Predicate<String> attempt) {
    this.what = what;
    this.merchantOutbox = merchantOutbox;
    this.attempt = attempt;
    this.hint = new EarliestWakeUp(merchantContext.world().agenda());
  }

  /** When to try again after {@code attempts} fruitless ones; null when it is enough. */
  static @Nullable Instant next(Instant now, int attempts) {
    return attempts < PAUSES.size() ? now.plus(PAUSES.get(attempts)) : null;
  }

  /** To be called after the commit of a row that waits, when somebody is about to attempt it. */
  void rowAdded() {
    waiting.markWritten();
  }

  void wakeAt(@Nullable Instant due) {
    waiting.markWritten();
    if (due != null) {
      hint.wakeAt(due);
    }
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting.firstUnlessEmpty(merchantOutbox::next);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return merchantOutbox.waiting(what, limit);
  }

  @Override
  public void fireDue(Instant now) {
    hint.forget();
    boolean answering = true;
    List<String> due;
    do {
      due = merchantOutbox.due(now, STEP);
      for (var id : due) {
        answering = answering && attempt.test(id);
      }
    } while (answering && due.size() == STEP);
    if (!answering) {
      merchantOutbox.postpone(now, now.plus(FIRST_PAUSE));
    }
    nextDue().ifPresent(hint::wakeAt);
  }
}
