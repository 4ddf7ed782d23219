package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.participant.RepeatableWork;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Tests that H2 writes {@link RepeatableWork} by itself, as its write delay says: no answer waits
 * for it, and a quiet server makes no later write that would take it along.
 */
class WriteDelayTests {

  @TempDir Path folder;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(InterruptionTests.address(folder).url(), "sa", "");
    execute("create table note (id int primary key)");
    execute("checkpoint sync");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theDelayIsHalfASecond() throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();

    assertThat(session.getDatabase().getStore().getMvStore().getAutoCommitDelay())
        .as("milliseconds; 0 writes the file for each commit, and a longer time loses more")
        .isEqualTo(500);
    assertThat(RepeatableWork.LONGEST_DELAY).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aRepeatableChangeReachesTheFileAlthoughNothingElseIsWritten() throws Exception {
    var commits = new GroupCommit(() -> {});
    try {
      var source =
          new DurableDataSource(
              new SingleConnectionDataSource(connection, true), 1, commits, new DatabaseCost());
      RepeatableWork.call(
          () -> {
            insert(source);
            return true;
          });
      assertThat(commits.commits()).isZero();

      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (!isInACopy()) {
        assertThat(System.nanoTime()).as("the file never gets the change").isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      assertThat(commits.writes()).isZero();
    } finally {
      commits.close();
    }
  }

  private static void insert(DurableDataSource source) {
    try (var durable = source.getConnection();
        var statement = durable.prepareStatement("insert into note values (1)")) {
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Says whether the row is in the file as a killed server would leave it. */
  private boolean isInACopy() throws IOException, SQLException {
    var killed = Files.createDirectories(folder.resolve("killed"));
    Files.copy(
        folder.resolve("sandbox.mv.db"),
        killed.resolve("sandbox.mv.db"),
        StandardCopyOption.REPLACE_EXISTING);
    var url = InterruptionTests.address(killed).readOnlyUrl();
    try (var copy = DriverManager.getConnection(url, "sa", "");
        var statement = copy.createStatement();
        var rows = statement.executeQuery("select id from note")) {
      return rows.next();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
