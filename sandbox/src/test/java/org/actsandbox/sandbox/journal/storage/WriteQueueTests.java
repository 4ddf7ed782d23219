package org.actsandbox.sandbox.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests when the writer receives the waiting entries; the clock moves only when a test moves it.
 */
class WriteQueueTests {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final PendingEntry NOTE =
      new PendingNote(
          new JournalNote(
              "psp",
              JournalNote.Kind.STATE,
              ActComponent.PSD_PAY_INS,
              "payment",
              Map.of(),
              Map.of()),
          Instant.EPOCH,
          Instant.EPOCH,
          SecretMasker.OF_NO_WORLD);

  private final AtomicLong nanos = new AtomicLong();
  private final WriteQueue queue = new WriteQueue(nanos::get);

  @Test
  void theFirstIsTakenAtOnce() {
    fill(1);

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void aBlockIsTakenAsSoonAsItIsFull() {
    takeOne();
    fill(JournalBlock.MAX_ENTRIES);

    assertThat(taken()).isEqualTo(JournalBlock.MAX_ENTRIES);
  }

  @ParameterizedTest
  @CsvSource({"1, 25", "23, 25", "24, 200", "255, 200"})
  void waitsLongerTheMoreEntriesCame(int waiting, int millis) {
    takeOne();
    fill(waiting);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
    var early = CompletableFuture.supplyAsync(this::taken);
    assertThat(early).isNotDone();

    nanos.addAndGet(1);

    assertThat(early).succeedsWithin(TIMEOUT).isEqualTo(waiting);
  }

  @Test
  void aReaderIsNotKeptWaiting() {
    takeOne();
    fill(100);
    var reader = CompletableFuture.supplyAsync(this::settled);

    var batch = Assertions.assertTimeoutPreemptively(TIMEOUT, () -> queue.take(512, 1_000));
    queue.done(batch);

    assertThat(batch).hasSize(100);
    assertThat(reader).succeedsWithin(TIMEOUT).isEqualTo(true);
  }

  private void takeOne() {
    fill(1);
    assertThat(taken()).isEqualTo(1);
  }

  private int taken() {
    return Assertions.assertTimeoutPreemptively(
        TIMEOUT,
        () -> {
          var batch = queue.take(512, 1_000);
          queue.done(batch);
          return batch.size();
        });
  }

  private boolean settled() {
    return Assertions.assertTimeoutPreemptively(TIMEOUT, () -> queue.awaitWritten(20_000));
  }

  private void fill(int count) {
    var channel = new JournalChannel("w", 0);
    IntStream.range(0, count).forEach(_ -> queue.put(new WriteQueue.Item(channel, NOTE)));
  }
}
