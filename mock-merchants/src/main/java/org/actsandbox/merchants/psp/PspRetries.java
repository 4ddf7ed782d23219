package org.actsandbox.merchants.psp;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.DueTable;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestDue;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.protocol.time.RetrySchedule;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Calls the payment service again with growing pauses of the world's clock until it answers or the
 * attempts run out.
 */
final class PspRetries implements DueWork {

  /** The first retry is seldom needed because of the attempt right after the commit. */
  static final RetrySchedule SCHEDULE =
      RetrySchedule.ending(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private static final int BATCH_SIZE = 50;
  private static final List<String> OWNER = List.of("world", "merchant");

  private final JdbcClient jdbc;
  private final DueTable.Columns columns;
  private final String world;
  private final String merchant;
  private final DueTable table;
  private final Predicate<String> attempt;
  private final EarliestWakeUp wakeUp;
  private final EarliestDue earliest = new EarliestDue();

  /**
   * @param table the table with the attempts and the moment of the next one
   * @param key the column that names a row within the merchant
   * @param what the kind of work that waits, as the console shows it
   * @param attempt makes one attempt; false when the payment service gave no answer at all
   */
  PspRetries(
      MerchantContext merchantContext,
      String table,
      String key,
      String what,
      Predicate<String> attempt) {
    this.jdbc = merchantContext.world().jdbc();
    this.columns = new DueTable.Columns(table, OWNER, "next_attempt_at", key, what);
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
    this.table = new DueTable(jdbc, columns, world, merchant);
    this.attempt = attempt;
    this.wakeUp = new EarliestWakeUp(merchantContext.world().agenda());
  }

  /**
   * Notes a new row; must be called after its commit, when its first attempt is about to be made.
   *
   * @param due when the row falls due, or an earlier time
   */
  void rowAdded(Instant due) {
    earliest.added(due);
  }

  void wakeAt(Instant due) {
    earliest.added(due);
    wakeUp.wakeAt(due);
  }

  /** Counts a failed attempt of a row and lets it wait for the next one. */
  void failed(String id, Instant next) {
    jdbc.sql(
            """
            update %s set attempts = attempts + 1, next_attempt_at = ?
            where world = ? and merchant = ? and %s = ? and next_attempt_at is not null
            """
                .formatted(columns.table(), columns.id()))
        .params(utc(next), world, merchant, id)
        .update();
    wakeAt(next);
  }

  @Override
  public Optional<Instant> nextDue() {
    return earliest.exactly(table::next);
  }

  @Override
  public Optional<Instant> notBefore(Instant now) {
    return earliest.notBefore(now, table::next);
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return table.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    wakeUp.forget();
    boolean answering = true;
    List<String> due;
    do {
      due = table.due(now, BATCH_SIZE);
      for (var id : due) {
        answering = answering && attempt.test(id);
      }
    } while (answering && due.size() == BATCH_SIZE);
    if (!answering) {
      // The rows are not asked for one by one, which would only wait; no attempt is counted.
      table.postponeAll(now, now.plus(SCHEDULE.first()));
    }
    nextDue().ifPresent(wakeUp::wakeAt);
  }
}
