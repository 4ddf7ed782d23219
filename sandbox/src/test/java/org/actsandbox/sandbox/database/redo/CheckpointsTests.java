package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.participant.RepeatableWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is written without a waiting caller, and what happens when the write fails. */
@Timeout(120)
class CheckpointsTests {

  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicReference<@Nullable Error> error = new AtomicReference<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  private LoggedDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = LoggedDatabase.open(folder, this::smallDisk);
    database.execute("create table note (id int primary key)");
    database.log().start();
  }

  /** Makes files that cannot be written while {@link #full}. */
  private FileOutputStream smallDisk(Path file) throws IOException {
    return new FileOutputStream(file.toFile(), true) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        var unexpected = error.get();
        if (unexpected != null) {
          throw unexpected;
        }
        if (full.get()) {
          // A part of it is written, as on a disk whose last block is full.
          super.write(bytes, from, count / 2);
          throw new IOException("No space left on device");
        }
        super.write(bytes, from, count);
      }
    };
  }

  @Test
  void repeatableWorkReachesTheLogAlthoughNobodyWaits() throws Exception {
    assertThat(RepeatableWork.LONGEST_DELAY).isEqualTo(Duration.ofMillis(500));
    var segment = database.segments().getLast();
    long before = Files.size(segment);
    try (var _ = new Checkpoints(database.log(), failures::add)) {
      database.execute("insert into note values (1)");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !Files.exists(segment) || Files.size(segment) > before);
    }
    assertThat(LoggedDatabase.contentAfterStart(database.crash(folder.resolve("killed"))))
        .isEqualTo(database.content());
    assertThat(failures).isEmpty();
    database.close();
  }

  /** After it nothing is acknowledged, and what was before is there after the next start. */
  @Test
  void aFullDiskIsReportedAndNothingIsAcknowledgedAfterIt() throws Exception {
    database.execute("insert into note values (1)");
    database.log().write();
    var acknowledged = database.content();
    try (var _ = new Checkpoints(database.log(), failures::add)) {
      full.set(true);
      database.execute("insert into note values (2)");
      assertThat(failures.poll(60, TimeUnit.SECONDS)).isInstanceOf(UncheckedIOException.class);
    }
    full.set(false);
    database.execute("insert into note values (3)");
    assertThatThrownBy(database.log()::write).hasMessageContaining("No space left");
    assertThatThrownBy(database.log()::checkpoint).hasMessageContaining("No space left");

    assertThat(LoggedDatabase.contentAfterStart(database.crash(folder.resolve("killed"))))
        .isEqualTo(acknowledged);
    // H2 writes no page either that is newer than the log.
    assertThatThrownBy(() -> database.execute("checkpoint"))
        .hasStackTraceContaining("No space left");
    assertThatThrownBy(database::close).hasStackTraceContaining("No space left");
    assertThat(database.segments()).hasSize(1);
    assertThat(LoggedDatabase.contentAfterStart(database.crash(folder.resolve("ended"))))
        .isEqualTo(acknowledged);
  }

  /** When H2 is closed it writes what it has, which would then be newer than the log. */
  @Test
  void aDiskThatIsFullWhenTheServerStopsLeavesWhatWasAcknowledged() throws Exception {
    database.execute("insert into note values (1)");
    database.log().write();
    var acknowledged = database.content();
    database.execute("insert into note values (2)", "delete from note where id = 1");
    full.set(true);

    assertThatThrownBy(database::close).hasMessageContaining("No space left");
    full.set(false);
    assertThat(LoggedDatabase.contentAfterStart(database.crash(folder.resolve("stopped"))))
        .isEqualTo(acknowledged);
  }

  /** Otherwise what waits would be written after what comes later, and the timer would be gone. */
  @Test
  void anUnexpectedErrorIsReportedAndNothingIsAcknowledgedAfterIt() throws Exception {
    database.execute("insert into note values (1)");
    database.log().write();
    var acknowledged = database.content();
    try (var _ = new Checkpoints(database.log(), failures::add)) {
      error.set(new StackOverflowError("in a test"));
      database.execute("insert into note values (2)");
      assertThat(failures.poll(60, TimeUnit.SECONDS)).isSameAs(error.getAndSet(null));
    }
    database.execute("insert into note values (3)");

    assertThatThrownBy(database.log()::write).hasMessageContaining("in a test");
    assertThatThrownBy(database::close).hasMessageContaining("in a test");
    assertThat(LoggedDatabase.contentAfterStart(database.crash(folder.resolve("ended"))))
        .isEqualTo(acknowledged);
  }
}
