package org.actsandbox.sandbox.knowledge;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the texts in the participants' tables, so that stored values count as known without a
 * message in the journal.
 */
@Component
public class StoredParticipantTexts {

  /** Is no number of a change: the database does not count them. */
  static final long UNKNOWN = -1;

  /** Limit for each table; the newest rows may be missing. */
  private static final int MAX_ROWS = 500;

  private static final Map<String, Did> OWNERS =
      Map.of(
          "psp_", World.PSP,
          "delegation", World.DELEGATIONS,
          "trust_", World.TRUST,
          "credit_statement", World.CREDIT,
          "credit_application", World.CREDIT_ISSUER,
          "credit_credential", World.CREDIT_ISSUER,
          "credit_authorization", World.CREDIT_VERIFIER,
          "credit_verification", World.CREDIT_VERIFIER,
          "agent_", World.AGENT);

  private static final String MERCHANT = "merchant";

  private final JdbcClient jdbc;
  private final List<Table> tables;

  /** Asks for the number of the last change of these tables; empty if the database has none. */
  private final String lastModification;

  /**
   * Represents a table with its text columns.
   *
   * @param owner null where each row names its merchant
   */
  private record Table(String name, @Nullable Did owner, List<String> texts) {}

  StoredParticipantTexts(JdbcClient jdbc, JdbcTemplate template) {
    this.jdbc = jdbc;
    var found = template.execute((ConnectionCallback<List<Table>>) StoredParticipantTexts::tables);
    this.tables = found == null ? List.of() : found;
    this.lastModification =
        Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>) this::countsChanges))
            ? "select max(last_modification) from information_schema.tables"
                + " where table_schema = schema() and table_name in (%s)"
                    .formatted(
                        tables.stream()
                            .map(table -> "'" + table.name() + "'")
                            .collect(Collectors.joining(", ")))
            : "";
  }

  private boolean countsChanges(Connection connection) throws SQLException {
    return !tables.isEmpty() && connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  /**
   * Returns the number of the last change of any of the tables, of all worlds; {@link #UNKNOWN} if
   * the database does not count changes.
   */
  long lastModification() {
    return lastModification.isEmpty()
        ? UNKNOWN
        : jdbc.sql(lastModification).query(Long.class).single();
  }

  /** Reads all stored texts of the world, table by table, as notes of their owners. */
  void read(World world, Consumer<ObservedMessage> reader) {
    for (var table : tables) {
      jdbc.sql(
              "select %s from %s where world = ? fetch first %d rows only"
                  .formatted(columns(table), table.name(), MAX_ROWS))
          .param(world.partition())
          .query(
              (row, _) -> {
                var owner = table.owner();
                var did = owner == null ? Did.of(row.getString(1)) : owner;
                var texts = new NestedTextDecoder();
                for (int i = 0; i < table.texts().size(); i++) {
                  var text = row.getString(i + (owner == null ? 2 : 1));
                  if (text != null) {
                    var field = table.texts().get(i);
                    texts.text("kept in " + table.name() + "." + field, field, text);
                  }
                }
                return new ObservedMessage(
                    0, did.value(), null, texts.pieces(), false, texts.isWhole());
              })
          .list()
          .forEach(reader);
    }
  }

  private static String columns(Table table) {
    var texts = String.join(", ", table.texts());
    return table.owner() == null ? MERCHANT + ", " + texts : texts;
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    var columns = new LinkedHashMap<String, List<String>>();
    try (var all =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (all.next()) {
        var name = all.getString("COLUMN_NAME");
        if (isText(all.getInt("DATA_TYPE"))) {
          columns.computeIfAbsent(all.getString("TABLE_NAME"), _ -> new ArrayList<>()).add(name);
        }
      }
    }
    var tables = new ArrayList<Table>();
    columns.forEach(
        (name, texts) -> {
          if (texts.remove("world")) {
            if (texts.remove(MERCHANT)) {
              add(tables, new Table(name, null, List.copyOf(texts)));
            } else {
              OWNERS.forEach(
                  (prefix, owner) -> {
                    if (name.startsWith(prefix)) {
                      add(tables, new Table(name, owner, List.copyOf(texts)));
                    }
                  });
            }
          }
        });
    return List.copyOf(tables);
  }

  private static void add(List<Table> tables, Table table) {
    if (!table.texts().isEmpty()) {
      tables.add(table);
    }
  }

  private static boolean isText(int type) {
    return type == Types.VARCHAR || type == Types.LONGVARCHAR || type == Types.CLOB;
  }
}
