package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/**
 * Tests that a database that was filled before worlds had several principals is migrated to this
 * version.
 */
class OlderDataTests {

  private static final MigrationVersion BEFORE = MigrationVersion.fromVersion("33");
  private static final String FIRST = "did:act:principal";
  private static final List<String> WORLDS = List.of("w1", "w2");

  /** The tables with rows that belong to a principal (docs/adr/0011-principals.md). */
  private static final Set<String> OWNED =
      Set.of(
          "psp_pin",
          "psp_preference",
          "psp_instrument",
          "psp_sub_account",
          "psp_payment",
          "delegation_intent",
          "delegation",
          "dispute",
          "agent_conversations",
          "agent_watches",
          "agent_tasks");

  /** Tables of a later version, so older data has no rows in them. */
  private static final Set<String> OWNED_LATER = Set.of("psp_binding");

  private record Column(String name, int type, boolean nullable, boolean hasDefault) {}

  @Test
  void everyRowOnH2BelongsToTheFirstPrincipal() throws SQLException {
    assertMigrates(
        "jdbc:h2:mem:older;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1", "", "");
  }

  @Test
  void everyRowOnPostgresBelongsToTheFirstPrincipal() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    try (var postgres = found.get()) {
      assertMigrates(postgres.url(), postgres.username(), postgres.password());
    }
  }

  /** Older worlds keep their keys, and their PINs survive the next reset. */
  @Test
  void olderWorldsKeepTheirKeysAndPins() throws SQLException {
    var url = "jdbc:h2:mem:keys;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    var flyway =
        Flyway.configure()
            .dataSource(url, "", "")
            .locations("classpath:db/migration")
            .outOfOrder(true);
    flyway.target(MigrationVersion.fromVersion("34")).load().migrate();
    try (var connection = DriverManager.getConnection(url, "", "");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into worlds (name, generation, epoch, seed, settings, clock_mode,
            clock_offset_micros, journal_from, due_known, created_at)
          values ('demo', 7, 2, 'aa', '{}', 'REAL', 0, 0, true, current_timestamp)
          """);
      statement.execute(
          """
          insert into psp_pin (world, principal_id, mac, failures, locked_until) values
            ('demo.7.2', 'did:act:principal', 'now', 3, timestamp '2020-01-01 00:00:00'),
            ('demo.7.1', 'did:act:principal', 'gone', 0, null)
          """);

      flyway.target(MigrationVersion.LATEST).load().migrate();

      assertThat(texts(connection, "select key_secret from worlds")).containsExactly("aa");
      assertThat(
              texts(
                  connection,
                  "select world || ' ' || mac_scope || ' ' || mac from psp_pin order by world"))
          .containsExactly("demo.7 demo.7.2 now", "demo.7.1 demo.7.1 gone");
      assertThat(
              texts(connection, "select mac from psp_pin where locked_until > current_timestamp"))
          .containsExactly("now");
    }
  }

  private static void assertMigrates(String url, String user, String password) throws SQLException {
    var flyway =
        Flyway.configure()
            .dataSource(url, user, password)
            .locations("classpath:db/migration")
            .outOfOrder(true);
    flyway.target(BEFORE).load().migrate();
    try (var connection = DriverManager.getConnection(url, user, password)) {
      assertThat(owned(connection)).as("no table names a principal yet").isEmpty();
      for (var table : tables(connection).entrySet()) {
        for (var world : WORLDS) {
          fill(connection, table.getKey(), table.getValue(), world);
        }
      }
      var before = counts(connection);
      assertThat(before.keySet()).containsAll(OWNED);
      assertThat(before.values()).allMatch(rows -> rows == WORLDS.size());

      flyway.target(MigrationVersion.LATEST).load().migrate();

      var expected = new TreeSet<>(OWNED);
      expected.addAll(OWNED_LATER);
      assertThat(owned(connection)).isEqualTo(expected);
      assertThat(counts(connection)).as("nothing was lost").containsAllEntriesOf(before);
      for (var table : OWNED) {
        assertThat(owners(connection, table)).as(table).containsExactly(FIRST, FIRST);
      }
      assertThat(texts(connection, "select mac from psp_pin order by world"))
          .containsExactly("w1", "w2");
      assertThat(texts(connection, "select failures from psp_pin")).containsExactly("1", "1");
      assertThat(
              texts(connection, "select world from psp_preference where ask_every_payment = true"))
          .containsExactlyInAnyOrder("w1", "w2");
    }
  }

  /**
   * Inserts a row with a value in every column, so that a migration that rebuilds a table has to
   * keep all of them.
   */
  private static void fill(Connection connection, String table, List<Column> columns, String world)
      throws SQLException {
    var names = String.join(", ", columns.stream().map(Column::name).toList());
    var marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    var sql = "insert into %s (%s) values (%s)".formatted(table, names, marks);
    try (var insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        insert.setObject(i + 1, value(columns.get(i).type(), world));
      }
      insert.executeUpdate();
    }
  }

  private static Object value(int type, String world) {
    return switch (type) {
      case Types.BOOLEAN, Types.BIT -> true;
      case Types.INTEGER, Types.SMALLINT -> 1;
      case Types.BIGINT -> 1L;
      case Types.NUMERIC, Types.DECIMAL -> BigDecimal.ONE;
      case Types.DATE -> moment().toLocalDate();
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> moment();
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          world.getBytes(StandardCharsets.UTF_8);
      default -> world;
    };
  }

  private static OffsetDateTime moment() {
    return OffsetDateTime.ofInstant(Instant.parse("2026-11-25T01:00:00Z"), ZoneOffset.UTC);
  }

  /** Returns the tables with rows of a world, with all their columns. */
  private static Map<String, List<Column>> tables(Connection connection) throws SQLException {
    var tables = new TreeMap<String, List<Column>>();
    try (var all =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (all.next()) {
        var column =
            new Column(
                all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                all.getInt("DATA_TYPE"),
                all.getString("IS_NULLABLE").equals("YES"),
                all.getString("COLUMN_DEF") != null);
        tables
            .computeIfAbsent(
                all.getString("TABLE_NAME").toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(column);
      }
    }
    tables.values().removeIf(columns -> !columns.getFirst().name().equals("world"));
    return tables;
  }

  /** Returns the tables in which each row must name its principal. */
  private static Set<String> owned(Connection connection) throws SQLException {
    var owned = new TreeSet<String>();
    tables(connection)
        .forEach(
            (table, columns) ->
                columns.stream()
                    .filter(column -> column.name().equals("principal_id"))
                    .filter(column -> !column.nullable() && !column.hasDefault())
                    .forEach(_ -> owned.add(table)));
    return owned;
  }

  private static Map<String, Integer> counts(Connection connection) throws SQLException {
    var counts = new TreeMap<String, Integer>();
    for (var table : tables(connection).keySet()) {
      counts.put(table, texts(connection, "select world from " + table).size());
    }
    return counts;
  }

  private static List<String> owners(Connection connection, String table) throws SQLException {
    return texts(connection, "select principal_id from " + table);
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
}
