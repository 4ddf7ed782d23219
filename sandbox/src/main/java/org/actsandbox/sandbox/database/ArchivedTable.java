package org.actsandbox.sandbox.database;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes and reads a table as lines of JSON arrays: the first line names the columns, each further
 * line is a row in their order. Every value is text, so that no number or time loses a digit; bytes
 * are Base64.
 */
record ArchivedTable(String name, List<Column> columns) {

  /**
   * Number of rows that PostgreSQL sends at once and that are stored at once; a row may have a
   * megabyte.
   */
  private static final int ROWS_AT_ONCE = 32;

  /**
   * Limit of a value in characters; the longest column has a million, a block of the journal fewer.
   */
  private static final int MAX_VALUE = 16 * 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MAX_VALUE)
                  .maxDocumentLength(-1)
                  .maxTokenCount(-1)
                  .build())
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  /** Lists the forms in which a column's values are written, the same on every database. */
  enum Form {
    TEXT,
    WHOLE,
    DECIMAL,
    TRUTH,
    DATE,
    MOMENT,
    BYTES
  }

  record Column(String name, Form form) {}

  /** Reads the columns of a table from the database. */
  static ArchivedTable of(Connection connection, String name) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var rows =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), name, "%")) {
      while (rows.next()) {
        // The underscore in a name is a wildcard in this search.
        if (rows.getString("TABLE_NAME").equals(name)) {
          columns.add(
              new Column(
                  rows.getString("COLUMN_NAME"),
                  form(name, rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME"))));
        }
      }
    }
    return new ArchivedTable(name, List.copyOf(columns));
  }

  private static Form form(String table, int type, String typeName) {
    return switch (type) {
      case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR -> Form.TEXT;
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Form.WHOLE;
      case Types.NUMERIC, Types.DECIMAL -> Form.DECIMAL;
      case Types.BOOLEAN, Types.BIT -> Form.TRUTH;
      case Types.DATE -> Form.DATE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Form.MOMENT;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Form.BYTES;
      default ->
          throw new IllegalStateException(
              "no form for a column of type %s in table %s".formatted(typeName, table));
    };
  }

  boolean hasRows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select 1 from " + name + " limit 1")) {
      return rows.next();
    }
  }

  /** Writes all rows and returns their number. */
  long write(Connection connection, OutputStream out) throws SQLException {
    long count = 0;
    try (var statement = connection.createStatement();
        var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      columns.forEach(column -> json.writeString(column.name()));
      json.writeEndArray();
      statement.setFetchSize(ROWS_AT_ONCE);
      try (var rows = statement.executeQuery("select %s from %s".formatted(names(columns), name))) {
        while (rows.next()) {
          writeRow(rows, json);
          count++;
        }
      }
      json.writeRaw('\n');
    }
    return count;
  }

  private void writeRow(ResultSet rows, JsonGenerator json) throws SQLException {
    json.writeStartArray();
    for (int i = 1; i <= columns.size(); i++) {
      var value = text(rows, i, columns.get(i - 1).form());
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(value);
      }
    }
    json.writeEndArray();
  }

  private static @Nullable String text(ResultSet rows, int at, Form form) throws SQLException {
    return switch (form) {
      case TEXT -> rows.getString(at);
      case WHOLE, DECIMAL -> plain(rows.getBigDecimal(at));
      case TRUTH -> text(rows.getObject(at, Boolean.class));
      case DATE -> text(rows.getObject(at, LocalDate.class));
      case MOMENT -> text(rows.getObject(at, OffsetDateTime.class));
      case BYTES -> base64(rows.getBytes(at));
    };
  }

  /**
   * Stores all rows and returns their number.
   *
   * @throws IllegalArgumentException if a line is not a row of this table
   */
  long read(Connection connection, InputStream in) throws SQLException {
    try (var json = JSON.createParser(ObjectReadContext.empty(), in)) {
      var order = inOrder(row(json));
      var placeholders = order.stream().map(_ -> "?").collect(Collectors.joining(", "));
      var sql = "insert into %s (%s) values (%s)".formatted(name, names(order), placeholders);
      try (var insert = connection.prepareStatement(sql)) {
        long count = 0;
        for (var row = row(json); row != null; row = row(json)) {
          count++;
          bind(insert, order, row, count);
          insert.addBatch();
          if (count % ROWS_AT_ONCE == 0) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
        return count;
      }
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "table %s: %s".formatted(name, broken.getOriginalMessage()), broken);
    }
  }

  /** Returns the next line, or null after the last. */
  private @Nullable List<@Nullable String> row(JsonParser json) {
    var token = json.nextToken();
    if (token == null) {
      return null;
    }
    if (token != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("table %s has a line that is no array".formatted(name));
    }
    var values = new ArrayList<@Nullable String>();
    for (token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
      if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
        throw new IllegalArgumentException("table %s has a value that is no text".formatted(name));
      }
      values.add(token == JsonToken.VALUE_NULL ? null : json.getString());
    }
    return values;
  }

  /** Returns the columns in the order of the file, which may differ from the database's. */
  private List<Column> inOrder(@Nullable List<@Nullable String> found) {
    var expected = columns.stream().map(Column::name).toList();
    if (found == null
        || found.size() != expected.size()
        || !new HashSet<>(found).equals(new HashSet<>(expected))) {
      throw new IllegalArgumentException(
          "table %s has the columns %s: expected %s".formatted(name, found, expected));
    }
    return found.stream().map(each -> columns.get(expected.indexOf(each))).toList();
  }

  private void bind(
      PreparedStatement insert, List<Column> order, List<@Nullable String> row, long number)
      throws SQLException {
    if (row.size() != order.size()) {
      throw new IllegalArgumentException(
          "row %d of table %s has %d values: expected %d"
              .formatted(number, name, row.size(), order.size()));
    }
    for (int i = 0; i < order.size(); i++) {
      var column = order.get(i);
      var text = row.get(i);
      try {
        insert.setObject(i + 1, text == null ? null : value(text, column.form()));
      } catch (IllegalArgumentException | DateTimeParseException wrong) {
        throw new IllegalArgumentException(
            "row %d of table %s has no %s in column %s"
                .formatted(
                    number, name, column.form().name().toLowerCase(Locale.ROOT), column.name()),
            wrong);
      }
    }
  }

  private static Object value(String text, Form form) {
    return switch (form) {
      case TEXT -> text;
      case WHOLE -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case TRUTH -> Boolean.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case MOMENT -> OffsetDateTime.parse(text);
      case BYTES -> Base64.getDecoder().decode(text);
    };
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
