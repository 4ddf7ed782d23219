package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.actsandbox.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an interrupted reader does not close the database file for all others. */
class InterruptionTests {

  private static final int ROWS = 1_000;

  @TempDir Path folder;

  @Test
  void anInterruptedReaderLeavesTheFileOpen() throws SQLException {
    // Nearly everything is read from the file, as in a world's journal of yesterday.
    var url = address(folder).url().replaceFirst(";CACHE_SIZE=\\d+", ";CACHE_SIZE=64");
    try (var connection = DriverManager.getConnection(url, "sa", "")) {
      fill(connection);
      var random = new Random(7);
      Thread.currentThread().interrupt();
      try {
        for (int i = 0; i < 100; i++) {
          number(connection, "select length(text) from page where id = " + random.nextInt(ROWS));
        }
      } finally {
        Thread.interrupted();
      }
      try (var other = DriverManager.getConnection(url, "sa", "")) {
        assertThat(number(other, "select count(*) from page where length(text) > 0"))
            .isEqualTo(ROWS);
        execute(other, "insert into page values (-1, 'later')");
        execute(other, "checkpoint sync");
      }
    }
  }

  /** Returns the address of a new file in the folder, as the server opens it. */
  static DatabaseAddress address(Path folder) {
    var sandboxSettings =
        new SandboxSettings(
            folder,
            "127.0.0.1",
            0,
            null,
            List.of(),
            List.of(),
            List.of(),
            1,
            1,
            1,
            false,
            1,
            false,
            Duration.ofSeconds(20),
            new SandboxSettings.Database(null, null, null),
            new SandboxSettings.Nodes(null, null, Duration.ZERO),
            new SandboxSettings.Agent(Duration.ofSeconds(2)),
            new SandboxSettings.Attestation("SHA-256", true));
    return DatabaseAddress.of(sandboxSettings, folder);
  }

  private static void fill(Connection connection) throws SQLException {
    execute(connection, "create table page (id int primary key, text varchar(100000))");
    try (var insert = connection.prepareStatement("insert into page values (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setString(2, ("page " + i + " ").repeat(2_000));
        insert.executeUpdate();
      }
    }
    execute(connection, "checkpoint sync");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
