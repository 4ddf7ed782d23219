package org.actsandbox.scenarios.load;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Multiplies the purchases of a world in the H2 file of a server that was stopped: a copy has the
 * same papers under other numbers, and is some seconds older. What is looked up by a number, listed
 * by time or counted by partition is then stored as often as if all had been bought.
 *
 * <p>The chain's anchors are copied with whole worlds only: a longer chain is {@code
 * ChainGrowthBench}'s matter.
 */
final class StoredPurchases implements AutoCloseable {

  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IFEXISTS=TRUE"
          + ";PAGE_SIZE=4096;CACHE_SIZE=65536;RETENTION_TIME=0;ANALYZE_AUTO=0";

  /** Columns that name a purchase or something that only one purchase has. */
  private static final Set<String> NUMBERS =
      Set.of(
          "id",
          "order_no",
          "open_order",
          "trade_no",
          "transfer_no",
          "request_id",
          "intent_id",
          "record_id",
          "proof_id",
          "delivery_id",
          "notification_id",
          "confirmation_request_id");

  /** Tables in which a copy must not add rows, or is no purchase. */
  private static final Set<String> ONCE =
      Set.of(
          "psp_binding", "trust_anchor", "trust_node", "trust_head", "trust_chain", "trust_outbox");

  private static final Set<String> ENTRIES = Set.of("first_seq", "last_seq");

  /** The first generation of a copied world; none of a server's own is as high. */
  private static final int GENERATION = 1_000_000;

  /** What a world keeps of notifications, and of entries of its journal. */
  private static final long DELIVERIES = 10_000;

  private static final long ENTRIES_KEPT = 1_000_000;

  private record Column(String name, String type) {}

  private record Table(String name, List<Column> columns) {

    boolean hasNumbers() {
      return !ONCE.contains(name) && columns.stream().anyMatch(each -> NUMBERS.contains(each.name));
    }

    String template() {
      return "copied_" + name;
    }
  }

  private final Connection connection;
  private final String world;
  private final long generation;
  private final List<Table> tables = new ArrayList<>();
  private final long entries;
  private final long deliveries;

  /**
   * @param data the data folder
   * @param world name of a world with purchases
   */
  StoredPurchases(Path data, String world) throws SQLException {
    this.connection =
        DriverManager.getConnection("jdbc:h2:" + data.resolve("sandbox") + OPTIONS, "sa", "");
    this.world = world;
    this.generation =
        Long.parseLong(
            strings("select generation from worlds where name = '%s'".formatted(world)).getFirst());
    for (var table :
        strings(
            "select table_name from information_schema.columns where table_schema = 'public' and"
                + " column_name = 'world' and ordinal_position = 1")) {
      keep(table);
    }
    this.deliveries =
        Long.parseLong(strings("select count(*) from copied_notification_delivery").getFirst());
    this.entries =
        1
            + Long.parseLong(
                strings("select coalesce(max(last_seq), 0) from copied_journal_block").getFirst());
  }

  /** Keeps the world's rows of a table apart, if it has any. */
  private void keep(String name) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var query = connection.createStatement();
        var rows =
            query.executeQuery(
                ("select column_name, data_type from information_schema.columns where table_schema ="
                        + " 'public' and table_name = '%s' order by ordinal_position")
                    .formatted(name))) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
    }
    var table = new Table(name, columns);
    execute(
        "create table %s as select * from %s where world in ('%s', '%s')"
            .formatted(table.template(), name, partition(0), keyPartition(0)));
    if (strings("select count(*) from " + table.template()).equals(List.of("0"))) {
      execute("drop table " + table.template());
    } else {
      tables.add(table);
    }
  }

  /**
   * Adds copies of all purchases.
   *
   * @param copies the number of copies, the purchases themselves included
   * @param worlds the number of worlds among which they are spread
   */
  void multiply(int copies, int worlds) throws SQLException {
    for (int each = 1; each < copies; each++) {
      int to = each % worlds;
      if (each < worlds) {
        addWorld(to);
      }
      for (var table : tables) {
        if (each < worlds || keepsMore(table, each / worlds)) {
          execute(copy(table, to, each / worlds));
        }
      }
    }
  }

  /**
   * Says whether a world keeps so many copies of a table's rows; of some it keeps the newest only.
   */
  private boolean keepsMore(Table table, int copies) {
    return table.hasNumbers()
        && switch (table.name) {
          case "notification_delivery", "notification_attempt" -> copies * deliveries < DELIVERIES;
          case "journal_block", "journal_id" -> copies * entries < ENTRIES_KEPT;
          default -> true;
        };
  }

  private void addWorld(int number) throws SQLException {
    var columns =
        strings(
            "select column_name from information_schema.columns where table_schema = 'public' and"
                + " table_name = 'worlds' order by ordinal_position");
    execute(
        "insert into worlds select %s from worlds where name = '%s'"
            .formatted(
                columns.stream()
                    .map(
                        column ->
                            switch (column) {
                              case "name" -> "'" + name(number) + "'";
                              case "generation" -> String.valueOf(generation(number));
                              default -> column;
                            })
                    .collect(Collectors.joining(", ")),
                world));
  }

  /**
   * @param older 0 for a copy with the numbers of the purchases themselves
   */
  private String copy(Table table, int to, int older) {
    return "insert into %s select %s from %s"
        .formatted(
            table.name,
            table.columns.stream()
                .map(column -> value(column, to, older))
                .collect(Collectors.joining(", ")),
            table.template());
  }

  private String value(Column column, int to, int older) {
    var name = column.name;
    if (name.equals("world")) {
      return "case world when '%s' then '%s' else '%s' end"
          .formatted(partition(0), partition(to), keyPartition(to));
    }
    if (older == 0) {
      return name;
    }
    if (NUMBERS.contains(name)) {
      return "%s || 'x%d'".formatted(name, older);
    }
    if (ENTRIES.contains(name)) {
      return "%s + %d".formatted(name, older * entries);
    }
    return switch (column.type) {
      case "timestamp with time zone" -> "dateadd(second, %d, %s)".formatted(-older, name);
      // What was sold for another day leaves the stock alone.
      case "date" -> "dateadd(day, %d, %s)".formatted(-40 * older, name);
      default -> name;
    };
  }

  private String name(int number) {
    return number == 0 ? world : "copy-" + number;
  }

  private long generation(int number) {
    return number == 0 ? generation : GENERATION + number;
  }

  private String keyPartition(int number) {
    return name(number) + "." + generation(number);
  }

  private String partition(int number) {
    return keyPartition(number) + ".0";
  }

  private List<String> strings(String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var query = connection.createStatement();
        var rows = query.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      for (var table : tables) {
        execute("drop table " + table.template());
      }
    }
  }
}
