package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Tests that a damaged page of the database file ends the server with one sentence. */
class DamagedPagesTests {

  private static final int ROWS = 2_000;

  @TempDir Path folder;

  private final List<String> ends = new ArrayList<>();

  private final StoreDamageTranslator translator =
      new StoreDamageTranslator(
          new DatabaseFailureShutdown(
              Path.of("/data"), (message, exitCode) -> ends.add(exitCode + " " + message)));

  @Test
  void endsOnceAndSaysWhatToDo() throws Exception {
    fill();
    damage();
    var connection = DriverManager.getConnection(url(), "sa", "");
    var template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    template.setExceptionTranslator(translator);
    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowable(() -> template.queryForList("select x from t", String.class)))
          .isInstanceOf(DataAccessException.class);
    }
    assertThat(ends)
        .singleElement()
        .asString()
        .startsWith(DatabaseFailureShutdown.EXIT_CODE + " the database in /data is damaged (")
        .contains("import a backup")
        .doesNotContain("\n");
  }

  @Test
  void anOrdinaryFailureEndsNothing() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "")) {
      var template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      template.setExceptionTranslator(translator);
      template.execute("create table t (n int primary key)");
      template.update("insert into t values (1)");
      assertThat(catchThrowable(() -> template.update("insert into t values (1)")))
          .isInstanceOf(DuplicateKeyException.class);
    }
    assertThat(ends).isEmpty();
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("db") + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }

  private void fill() throws Exception {
    try (var connection = DriverManager.getConnection(url(), "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("create table t (n int primary key, x varchar)");
      try (var insert = connection.prepareStatement("insert into t values (?, ?)")) {
        for (int n = 0; n < ROWS; n++) {
          insert.setInt(1, n);
          insert.setString(2, ("row " + n + " ").repeat(100));
          insert.executeUpdate();
        }
      }
    }
  }

  /** Overwrites 64 bytes at 400 places of the file, but not its headers and not its end. */
  private void damage() throws Exception {
    var file = folder.resolve("db.mv.db");
    long size = Files.size(file);
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < 400; i++) {
        access.seek(16_384 + i * (size - 65_536 - 16_384) / 400);
        access.write(new byte[64]);
      }
    }
  }
}
