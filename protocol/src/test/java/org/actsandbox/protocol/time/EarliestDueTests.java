package org.actsandbox.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests that the remembered time is never later than a row, and that a query is spared. */
class EarliestDueTests {

  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  private final EarliestDue earliest = new EarliestDue();
  private final TreeSet<Instant> rows = new TreeSet<>();
  private final AtomicInteger queries = new AtomicInteger();

  private Optional<Instant> query() {
    queries.incrementAndGet();
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.first());
  }

  private Optional<Instant> notBefore(Instant now) {
    return earliest.notBefore(now, this::query);
  }

  private void add(Instant due) {
    rows.add(due);
    earliest.added(due);
  }

  @Test
  void anEmptyTableIsAskedOnce() {
    assertThat(notBefore(NOW)).isEmpty();
    assertThat(notBefore(NOW)).isEmpty();
    assertThat(earliest.exactly(this::query)).isEmpty();
    assertThat(queries).hasValue(1);
  }

  @Test
  void aRowInTheFutureIsAskedOnce() {
    add(NOW.plusSeconds(9));
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(9));
    assertThat(notBefore(NOW.plusSeconds(8))).contains(NOW.plusSeconds(9));
    assertThat(queries).hasValue(1);
  }

  @Test
  void anEarlierRowIsKnownWithoutAQuery() {
    add(NOW.plusSeconds(9));
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(9));
    add(NOW.plusSeconds(3));
    add(NOW.plusSeconds(12));
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(3));
    assertThat(queries).hasValue(1);
  }

  @Test
  void aRowThatIsDueOrGoneIsAskedAgain() {
    add(NOW);
    add(NOW.plusSeconds(5));
    assertThat(notBefore(NOW)).contains(NOW);
    rows.remove(NOW);
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(5));
    assertThat(queries).hasValue(2);
  }

  @Test
  void whoNeedsTheExactTimeGetsIt() {
    add(NOW.plusSeconds(5));
    add(NOW.plusSeconds(7));
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(5));
    rows.remove(NOW.plusSeconds(5));
    assertThat(notBefore(NOW)).as("too early").contains(NOW.plusSeconds(5));
    assertThat(earliest.exactly(this::query)).contains(NOW.plusSeconds(7));
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(7));
  }

  @Test
  void aQueryThatMissedARowIsNotRemembered() {
    var missed =
        earliest.notBefore(
            NOW,
            () -> {
              var before = query();
              add(NOW.plusSeconds(1));
              return before;
            });
    assertThat(missed).isEmpty();
    assertThat(notBefore(NOW)).contains(NOW.plusSeconds(1));
  }
}
