package org.actsandbox.sandbox.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** The journal's rows as the writer sees them: batches in, the last number out. */
final class JournalTable {

  private static final String INSERT =
      "insert into journal (world, seq, at, recorded_at, actor, peer, kind, component, event, "
          + IdColumns.LIST
          + ", data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int ACTOR_LENGTH = 80;
  private static final int COMPONENT_LENGTH = 40;

  /** The database did not take a batch; nothing of it is stored. */
  static final class NotStored extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean data;

    NotStored(SQLException cause) {
      super(cause.getMessage(), cause);
      // Class 22: the database cannot hold a value; trying the same again never helps.
      this.data = String.valueOf(cause.getSQLState()).startsWith("22");
    }

    boolean blamesData() {
      return data;
    }
  }

  private final DataSource connections;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;

  JournalTable(DataSource connections) {
    this.connections = connections;
  }

  long lastSeq(String partition) {
    try (var own = connections.getConnection();
        var query =
            own.prepareStatement(
                "select seq from journal where world = ? order by world desc, seq desc limit 1")) {
      query.setString(1, partition);
      try (var row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("journal not readable", failed);
    }
  }

  /** Stores all of the batch or nothing. */
  void insert(List<WriteQueue.Item> batch, Function<WriteQueue.Item, Encoding.Row> rows)
      throws NotStored {
    try {
      var statement = statement();
      for (var item : batch) {
        bind(statement, item.channel().partition(), rows.apply(item));
        statement.addBatch();
      }
      statement.executeBatch();
      // Not the statement's own connection: it would pass by the wait for the file.
      Objects.requireNonNull(connection).commit();
    } catch (SQLException failed) {
      close();
      throw new NotStored(failed);
    }
  }

  /** The next insert opens a new connection; what was not committed is rolled back. */
  void close() {
    var open = connection;
    connection = null;
    insert = null;
    if (open != null) {
      try (open) {
        open.rollback();
      } catch (SQLException alreadyBroken) {
        // The pool throws the connection away; there is nothing to save in it.
        return;
      }
    }
  }

  private PreparedStatement statement() throws SQLException {
    var prepared = insert;
    if (prepared == null) {
      var open = connections.getConnection();
      connection = open;
      open.setAutoCommit(false);
      prepared = open.prepareStatement(INSERT);
      insert = prepared;
    }
    return prepared;
  }

  private static void bind(PreparedStatement statement, String partition, Encoding.Row row)
      throws SQLException {
    var entry = row.entry();
    statement.setString(1, partition);
    statement.setLong(2, entry.seq());
    statement.setObject(3, entry.at().atOffset(ZoneOffset.UTC));
    statement.setObject(4, entry.recordedAt().atOffset(ZoneOffset.UTC));
    statement.setString(5, cut(entry.actor(), ACTOR_LENGTH));
    var peer = entry.peer();
    setText(statement, 6, peer == null ? null : cut(peer, ACTOR_LENGTH));
    statement.setString(7, entry.kind().name());
    statement.setString(8, cut(entry.component(), COMPONENT_LENGTH));
    statement.setString(9, cut(entry.event(), ACTOR_LENGTH));
    for (int i = 0; i < IdColumns.NAMES.size(); i++) {
      var name = IdColumns.NAMES.get(i);
      var value = entry.ids().get(name);
      setText(statement, 10 + i, value == null ? null : IdColumns.fit(name, value));
    }
    statement.setString(16, row.data());
  }

  private static void setText(PreparedStatement statement, int index, @Nullable String text)
      throws SQLException {
    if (text == null) {
      statement.setNull(index, Types.VARCHAR);
    } else {
      statement.setString(index, text.replace('\0', '\uFFFD'));
    }
  }

  private static String cut(String text, int max) {
    var shown = text.length() <= max ? text : text.substring(0, max);
    return shown.replace('\0', '\uFFFD');
  }
}
