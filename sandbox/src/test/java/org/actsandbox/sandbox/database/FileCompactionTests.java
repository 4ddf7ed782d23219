package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Tests by sizes that dead space of the H2 file is given back, and that no row is lost by it. */
class FileCompactionTests {

  private static final int ROWS = 4000;

  @TempDir Path folder;

  private String url() {
    return url("data");
  }

  private String url(String name) {
    return "jdbc:h2:" + folder.resolve(name) + ";WRITE_DELAY=500;AUTO_COMPACT_FILL_RATE=40";
  }

  /** Writes rows in many commits that each reach the file, as purchases do. */
  private static void fill(Connection connection) throws SQLException {
    fill(connection, 4);
  }

  private static void fill(Connection connection, int rowsPerWrite) throws SQLException {
    var random = new Random(7);
    try (var create = connection.createStatement()) {
      create.execute("create table paper (id int primary key, other varchar(40), text varchar)");
      create.execute("create index paper_other on paper (other)");
    }
    try (var insert = connection.prepareStatement("insert into paper values (?, ?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setString(2, Long.toHexString(random.nextLong()));
        insert.setString(3, Long.toHexString(random.nextLong()).repeat(30));
        insert.executeUpdate();
        if (i % rowsPerWrite == 0) {
          write(connection);
        }
      }
    }
  }

  private static void write(Connection connection) throws SQLException {
    try (var write = connection.createStatement()) {
      write.execute("checkpoint");
    }
  }

  private static int steps(H2File file) {
    int steps = 0;
    while (file.compactStep()) {
      steps++;
      assertThat(steps).isLessThan(1000);
    }
    return steps;
  }

  @Test
  void theFileEndsNearToWhatIsLive() throws Exception {
    long grown;
    long compacted;
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      var file = H2File.of(new SingleConnectionDataSource(connection, true));
      fill(connection);
      grown = file.size();
      assertThat(steps(file)).isPositive();
      compacted = file.size();
      assertThat(count(connection)).isEqualTo(ROWS);
    }
    long live = liveSize();
    assertThat(grown).isGreaterThan(3 * live);
    assertThat(compacted).isLessThan(live * 3 / 2 + (1 << 20));
  }

  /** Without it, a file whose last chunk is larger than the limit of a move never gets shorter. */
  @Test
  void aLastChunkLargerThanTheLimitOfAMoveIsMovedAllTheSame() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      var file = H2File.of(new SingleConnectionDataSource(connection, true), 4096);
      fill(connection);
      long grown = file.size();
      steps(file);
      assertThat(file.size()).isLessThan(grown / 2);
      assertThat(count(connection)).isEqualTo(ROWS);
    }
  }

  @Test
  void deletedRowsGiveTheirSpaceBack() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      var file = H2File.of(new SingleConnectionDataSource(connection, true));
      fill(connection);
      steps(file);
      long full = file.size();
      try (var delete = connection.createStatement()) {
        assertThat(delete.executeUpdate("delete from paper where id >= 100")).isEqualTo(ROWS - 100);
      }
      write(connection);
      steps(file);
      assertThat(file.size()).isLessThan(full / 3);
      assertThat(count(connection)).isEqualTo(100);
    }
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      assertThat(count(connection)).isEqualTo(100);
    }
  }

  /** Copies the file between the steps, which is what a killed server leaves on the disk. */
  @Test
  void theFileIsWholeAfterEachStep() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      var file = H2File.of(new SingleConnectionDataSource(connection, true));
      fill(connection);
      int step = 0;
      while (file.compactStep()) {
        Files.copy(folder.resolve("data.mv.db"), folder.resolve("killed" + ++step + ".mv.db"));
      }
      for (int i = 1; i <= step; i++) {
        try (var killed =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("killed" + i), "sa", "")) {
          assertThat(count(killed)).isEqualTo(ROWS);
        }
      }
    }
  }

  @Test
  void stepsAreMadeOnlyWhileNothingIsWrittenAndNotForEver() {
    var commits = new AtomicLong();
    var left = new AtomicInteger(3);
    var steps = new AtomicInteger();
    try (var _ =
        new FileCompaction(
            () -> {
              steps.incrementAndGet();
              return left.decrementAndGet() > 0;
            },
            commits::get)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> steps.get() == 3);
    }
    // The stop looks once more.
    assertThat(steps).hasValue(4);
  }

  /** Returns the size of a file into which the same rows were written at once. */
  private long liveSize() throws SQLException {
    try (var connection = DriverManager.getConnection(url("once"), "sa", "")) {
      fill(connection, ROWS);
    }
    return folder.resolve("once.mv.db").toFile().length();
  }

  private static int count(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      int found = 0;
      // Reads through both the table and its index, and each text.
      for (var column : List.of("text", "other")) {
        try (var rows =
            statement.executeQuery(
                "select count(" + column + ") from paper where other is not null")) {
          rows.next();
          found = rows.getInt(1);
        }
      }
      return found;
    }
  }

  /** An interrupt would close the channel of the file while the step writes to it. */
  @Test
  void aStopWaitsForTheStepAndDoesNotInterruptIt() throws Exception {
    var entered = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    var compaction =
        new FileCompaction(
            () -> {
              entered.countDown();
              try {
                released.await();
              } catch (InterruptedException cut) {
                interrupted.set(true);
              }
              return false;
            },
            () -> 0,
            Duration.ofMillis(1));
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

    var stop = Thread.ofPlatform().start(compaction::close);
    try {
      while (stop.getState() != Thread.State.WAITING) {
        assertThat(stop.isAlive()).as("it ended and did not wait").isTrue();
        Thread.onSpinWait();
      }
    } finally {
      released.countDown();
      stop.join();
    }

    assertThat(interrupted).isFalse();
  }
}
