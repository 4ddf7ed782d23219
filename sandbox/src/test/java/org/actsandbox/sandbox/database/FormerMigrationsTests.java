package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests what becomes of data from before the baseline. The tables of the last build of before are
 * those of the baseline, as {@code former-schema.txt} says, so its list of migrations makes a
 * database of this build one of that build.
 */
class FormerMigrationsTests {

  /** A data folder of before, which no test changes. */
  @TempDir static Path shared;

  private static Path former;
  private static String key = "";

  @TempDir Path folder;

  @BeforeAll
  static void makeDataOfBefore() throws Exception {
    former = shared.resolve("former");
    try (var server = SandboxServer.start(former)) {
      key =
          server
              .worlds()
              .create(new Worlds.NewWorld("kept", null, WorldSettings.DEFAULT))
              .roleKey(Role.OPERATOR, null);
    }
    takeBackToBaseline();
    archiveBaseline();
    try (var connection = open(former)) {
      makeFormer(connection);
    }
  }

  /** Copies every row into a database that has the tables of the baseline only. */
  private static void takeBackToBaseline() throws Exception {
    var today = Files.move(former.resolve("sandbox.mv.db"), former.resolve("today.mv.db"));
    Flyway.configure()
        .dataSource(url(former, "sandbox"), "sa", "")
        .locations("classpath:db/migration")
        .target("3")
        .load()
        .migrate();
    try (var from = DriverManager.getConnection(url(former, "today"), "sa", "");
        var to = open(former)) {
      var left = new ArrayList<>(baseTables(to));
      left.retainAll(baseTables(from));
      for (var table : left) {
        copyRows(from, to, table);
      }
    }
    Files.delete(today);
  }

  private static void archiveBaseline() throws Exception {
    var database = new JdbcDataSource();
    database.setUrl(url(former, "sandbox"));
    database.setUser("sa");
    database.setPassword("");
    var flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:db/migration")
            .target("3")
            .load();
    new DatabaseArchive(database, flyway)
        .export(shared.resolve("former.zip"), Files.readAllBytes(former.resolve("server.secret")));
  }

  private static List<String> baseTables(Connection connection) throws SQLException {
    return texts(
        connection,
        """
        select table_name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history'
        """);
  }

  private static void copyRows(Connection from, Connection to, String table) throws SQLException {
    try (var read = from.createStatement();
        var rows = read.executeQuery("select * from \"" + table + "\"")) {
      var columns = rows.getMetaData();
      int count = columns.getColumnCount();
      while (rows.next()) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
          names.add("\"" + columns.getColumnName(i) + "\"");
        }
        var marks = String.join(", ", Collections.nCopies(count, "?"));
        try (var write =
            to.prepareStatement(
                "merge into \"%s\" (%s) values (%s)"
                    .formatted(table, String.join(", ", names), marks))) {
          for (int i = 1; i <= count; i++) {
            write.setObject(i, rows.getObject(i));
          }
          write.executeUpdate();
        }
      }
    }
  }

  /** Writes the list of migrations that a database of before has. */
  private static void makeFormer(Connection connection) throws SQLException {
    execute(connection, "delete from \"flyway_schema_history\" where \"version\" is not null");
    int rank = 0;
    for (var migration : FormerMigrations.ALL) {
      var parts = migration.split(" ", 2);
      rank++;
      execute(
          connection,
          """
          insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
            "checksum", "installed_by", "execution_time", "success")
          values (%d, '%s', '%s', 'SQL', 'former', %s, 'sa', 0, true)
          """
              .formatted(rank, parts[0], parts[0].equals("1") ? "worlds" : "other", parts[1]));
    }
  }

  @Test
  void theBaselineHasTheTablesThatTheFormerMigrationsMade() throws Exception {
    var url = "jdbc:h2:mem:baseline;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration")
        .target("3")
        .load()
        .migrate();
    try (var connection = DriverManager.getConnection(url, "", "");
        var expected = getClass().getResourceAsStream("former-schema.txt")) {
      assertThat(expected).isNotNull();
      assertThat(schema(connection))
          .containsExactlyElementsOf(
              new String(expected.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void aWholeDatabaseOfBeforeIsTakenOver() throws Exception {
    var data = copy();
    for (int start = 0; start < 2; start++) {
      try (var server = SandboxServer.start(data)) {
        assertThat(server.worlds().get("kept").roleKey(Role.OPERATOR, null)).isEqualTo(key);
      }
      try (var connection = open(data)) {
        assertThat(texts(connection, "select \"script\" from \"flyway_schema_history\""))
            .contains("V1__sandbox.sql", "V2__merchants.sql", "V3__agent.sql")
            .doesNotContain("former");
      }
    }
  }

  @Test
  void aDatabaseThatLacksAChangeIsRefusedAndKeepsEveryByte() throws Exception {
    var data = copy();
    try (var connection = open(data)) {
      execute(connection, "delete from \"flyway_schema_history\" where \"version\" = '41'");
    }
    var file = data.resolve("sandbox.mv.db");
    var before = Files.readAllBytes(file);

    assertThat(refused(() -> SandboxServer.start(data).close()))
        .contains("lack changes of the last one before 0.1.0", "start that one", "--fresh");
    assertThat(
            refused(() -> OfflineDatabase.export(data, List.of(), folder.resolve("archive.zip"))))
        .contains("lack changes of the last one before 0.1.0");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder.resolve("archive.zip")).doesNotExist();
  }

  @Test
  void anExportTakesNothingOver() throws Exception {
    var data = copy();
    assertThat(
            refused(() -> OfflineDatabase.export(data, List.of(), folder.resolve("archive.zip"))))
        .contains("earlier version");
    try (var connection = open(data)) {
      assertThat(texts(connection, "select \"script\" from \"flyway_schema_history\""))
          .contains("former");
    }
  }

  @Test
  void anArchiveOfBeforeIsReadWhenItIsWhole() throws Exception {
    var archive = shared.resolve("former.zip");
    var versions =
        FormerMigrations.ALL.stream().map(each -> "\"" + each.split(" ", 2)[0] + "\"").toList();
    var whole = folder.resolve("whole.zip");
    writeWithVersions(archive, versions, whole);
    var part = folder.resolve("part.zip");
    writeWithVersions(
        archive, versions.stream().filter(each -> !each.equals("\"41\"")).toList(), part);

    OfflineDatabase.restore(folder.resolve("target"), List.of(), whole);
    try (var server = SandboxServer.start(folder.resolve("target"))) {
      assertThat(server.worlds().get("kept").roleKey(Role.OPERATOR, null)).isEqualTo(key);
    }

    assertThat(refused(() -> OfflineDatabase.restore(folder.resolve("other"), List.of(), part)))
        .contains("lack changes", "export again");
  }

  private static void writeWithVersions(Path archive, List<String> versions, Path target)
      throws IOException {
    var copy = ArchiveCopy.of(archive);
    copy.with(
        "archive.json",
        copy.text("archive.json")
            .replaceAll(
                "\"migrations\":\\[[^]]*]", "\"migrations\":[" + String.join(",", versions) + "]"));
    copy.writeWithItsDigests(target);
  }

  private Path copy() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    for (var name : List.of("sandbox.mv.db", "server.secret", "start.token")) {
      Files.copy(former.resolve(name), data.resolve(name));
    }
    return data;
  }

  private static String refused(ThrowingCallable work) {
    var thrown = catchThrowable(work);
    assertThat(thrown).isNotNull();
    return StartupFailure.behind(thrown).orElseThrow(() -> new AssertionError(thrown)).oneLine();
  }

  private static Connection open(Path data) throws SQLException {
    return DriverManager.getConnection(url(data, "sandbox"), "sa", "");
  }

  private static String url(Path data, String name) {
    return "jdbc:h2:" + data.resolve(name) + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    var texts = new ArrayList<String>();
    try (var query = connection.createStatement();
        var rows = query.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Returns a line for each table: its columns in their order, its key and its indexes. */
  private static List<String> schema(Connection connection) throws SQLException {
    var metadata = connection.getMetaData();
    var lines = new ArrayList<String>();
    for (var table :
        new TreeSet<>(
            texts(
                connection,
                "select table_name from information_schema.tables where table_schema ="
                    + " 'public'"))) {
      if (!table.equals("flyway_schema_history")) {
        lines.add(
            "%s: %s; %s"
                .formatted(
                    table,
                    String.join(", ", columns(metadata, table)),
                    String.join(", ", indexes(metadata, table))));
      }
    }
    texts(connection, "select check_clause from information_schema.check_constraints order by 1")
        .forEach(clause -> lines.add(clause.replaceAll("\\s+", " ")));
    lines.addAll(texts(connection, "select sequence_name from information_schema.sequences"));
    return lines;
  }

  private static List<String> columns(DatabaseMetaData metadata, String table) throws SQLException {
    var columns = new ArrayList<String>();
    try (var rows = metadata.getColumns(null, "public", table, "%")) {
      while (rows.next()) {
        var preset = rows.getString("COLUMN_DEF");
        columns.add(
            "%s %s(%s %s)%s%s"
                .formatted(
                    rows.getString("COLUMN_NAME"),
                    rows.getString("TYPE_NAME").toLowerCase(Locale.ROOT),
                    rows.getString("COLUMN_SIZE"),
                    rows.getString("DECIMAL_DIGITS"),
                    rows.getString("IS_NULLABLE").equals("NO") ? " not null" : "",
                    preset == null ? "" : " default " + preset));
      }
    }
    return columns;
  }

  /** Returns the indexes by their columns; the names of keys are H2's. */
  private static List<String> indexes(DatabaseMetaData metadata, String table) throws SQLException {
    var byName = new TreeMap<String, StringBuilder>();
    try (var rows = metadata.getIndexInfo(null, "public", table, false, false)) {
      while (rows.next()) {
        byName
            .computeIfAbsent(rows.getString("INDEX_NAME"), _ -> new StringBuilder())
            .append(rows.getBoolean("NON_UNIQUE") ? " " : " unique ")
            .append(rows.getString("COLUMN_NAME"))
            .append(rows.getString("ASC_OR_DESC").equals("D") ? " desc" : "");
      }
    }
    var indexes = new TreeSet<String>();
    byName.forEach(
        (name, parts) ->
            indexes.add(name.replaceAll("_[0-9A-Fa-f]+$", "").replaceAll("_index$", "") + parts));
    return List.copyOf(indexes);
  }
}
