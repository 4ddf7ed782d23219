package org.actsandbox.merchants.psp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.order.DueHint;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.KnownEmpty;
import org.jspecify.annotations.Nullable;

/**
 * Asks the PSP again, with growing pauses of the world's clock, until it answers or it is enough.
 */
final class Retries implements DueWork {

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
  private final Outbox outbox;
  private final Predicate<String> attempt;
  private final DueHint hint;
  private final KnownEmpty waiting = new KnownEmpty();

  /**
   * @param what waits, for people
   * @param attempt makes one attempt; false when the PSP gave no answer at all
   */
  Retries(Outlet outlet, String what, Outbox outbox, Predicate<String> attempt) {
    this.what = what;
    this.outbox = outbox;
    this.attempt = attempt;
    this.hint = new DueHint(outlet.world().agenda());
  }

  /** When to try again after {@code attempts} fruitless ones; null when it is enough. */
  static @Nullable Instant next(Instant now, int attempts) {
    return attempts < PAUSES.size() ? now.plus(PAUSES.get(attempts)) : null;
  }

  /** To be called after the commit of a row that waits, when somebody is about to attempt it. */
  void added() {
    waiting.written();
  }

  void expect(@Nullable Instant due) {
    waiting.written();
    if (due != null) {
      hint.expect(due);
    }
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting.first(outbox::next);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return outbox.waiting(what, limit);
  }

  @Override
  public void fireDue(Instant now) {
    hint.forget();
    boolean answering = true;
    List<String> due;
    do {
      due = outbox.due(now, STEP);
      for (var id : due) {
        answering = answering && attempt.test(id);
      }
    } while (answering && due.size() == STEP);
    if (!answering) {
      outbox.postpone(now, now.plus(FIRST_PAUSE));
    }
    nextDue().ifPresent(hint::expect);
  }
}
