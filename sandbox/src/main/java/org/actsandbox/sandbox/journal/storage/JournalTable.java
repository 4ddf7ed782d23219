package org.actsandbox.sandbox.journal.storage;

import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.actsandbox.sandbox.database.WorldFence;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** Writes batches of blocks to the journal's tables and reads the last stored number. */
final class JournalTable {

  /** SQL state of a violated unique key, on H2 and PostgreSQL. */
  private static final String NUMBER_TAKEN = "23505";

  private static final String INSERT_BLOCK =
      "insert into journal_block (world, first_seq, last_seq, kinds, entries) values (?, ?, ?, ?, ?)";

  private static final String INSERT_IDS =
      """
      insert into journal_id (world, id, first_seq)
      select made.world, made.id, made.first_seq
      from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as bigint array))
        as made (world, id, first_seq)
      """;

  /**
   * Signals that the database did not take a batch. Nothing of it is stored, unless the connection
   * ended while the batch was committed: then all of it may be.
   */
  static final class NotStored extends Exception {

    private static final long serialVersionUID = 1L;

    private final String state;

    NotStored(SQLException cause) {
      super(withoutRow(cause), cause);
      this.state = String.valueOf(cause.getSQLState());
    }

    /** Says whether the database cannot hold a value, so that a retry would fail again. */
    boolean isCausedByData() {
      return state.startsWith("22");
    }

    /** Says whether the world belongs to another node by now. */
    boolean isCausedByMove() {
      return state.equals(WorldFence.REFUSED);
    }

    /** Says whether a block with one of the numbers is stored already. */
    boolean isCausedByNumber() {
      return state.equals(NUMBER_TAKEN);
    }

    /**
     * Returns the state and the first line of the first cause: a failed batch repeats the row, and
     * a value that does not fit is in the message.
     */
    private static String withoutRow(SQLException cause) {
      var state = "SQL state " + cause.getSQLState();
      var first = cause instanceof BatchUpdateException ? cause.getNextException() : cause;
      return first == null || state.contains(" 22")
          ? state
          : state + ": " + String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    }
  }

  private final DataSource connections;
  private @Nullable Inserts open;

  JournalTable(DataSource connections) {
    this.connections = connections;
  }

  long lastSeq(String partition) {
    try (var own = connections.getConnection();
        var query =
            own.prepareStatement(
                "select last_seq from journal_block where world = ?"
                    + " order by world desc, first_seq desc limit 1")) {
      query.setString(1, partition);
      try (var row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("journal not readable", failed);
    }
  }

  /** Stores all of the blocks or nothing. */
  void insert(List<JournalBlock> journalBlocks) throws NotStored {
    try {
      var inserts = inserts();
      for (var journalBlock : journalBlocks) {
        inserts.add(journalBlock);
      }
      inserts.commit();
    } catch (SQLException failed) {
      close();
      throw new NotStored(failed);
    }
  }

  /**
   * Closes the connection; an uncommitted batch is rolled back, and the next insert opens a new
   * connection.
   */
  void close() {
    var old = open;
    open = null;
    if (old != null) {
      old.close();
    }
  }

  private Inserts inserts() throws SQLException {
    var prepared = open;
    if (prepared == null) {
      prepared = new Inserts(connections.getConnection());
      open = prepared;
    }
    return prepared;
  }

  private record IdRow(String partition, String key, long firstSeq) {}

  /** Keeps one connection with its statements from batch to batch. */
  private static final class Inserts {

    private final Connection connection;
    private final PreparedStatement block;

    private final PreparedStatement insertIds;

    /** The ids that wait for the commit, each with the span that has it. */
    private final List<IdRow> ids = new ArrayList<>();

    Inserts(Connection connection) throws SQLException {
      this.connection = connection;
      try {
        connection.setAutoCommit(false);
        this.block = connection.prepareStatement(INSERT_BLOCK);
        this.insertIds = connection.prepareStatement(INSERT_IDS);
      } catch (SQLException failed) {
        try (connection) {
          throw failed;
        }
      }
    }

    void add(JournalBlock stored) throws SQLException {
      block.setString(1, stored.partition());
      block.setLong(2, stored.firstSeq());
      block.setLong(3, stored.lastSeq());
      block.setString(4, stored.kinds());
      block.setBytes(5, stored.entries());
      block.addBatch();
      for (var key : stored.ids()) {
        ids.add(new IdRow(stored.partition(), key, stored.idsFrom()));
      }
    }

    private void insertIds() throws SQLException {
      if (ids.isEmpty()) {
        return;
      }
      insertIds.setArray(1, array("varchar", ids.stream().map(IdRow::partition).toArray()));
      insertIds.setArray(2, array("varchar", ids.stream().map(IdRow::key).toArray()));
      insertIds.setArray(3, array("bigint", ids.stream().map(IdRow::firstSeq).toArray()));
      var _ = insertIds.executeUpdate();
      ids.clear();
    }

    private Array array(String type, Object[] values) throws SQLException {
      return connection.createArrayOf(type, values);
    }

    void commit() throws SQLException {
      block.executeBatch();
      insertIds();
      // The pool's connection, not the one behind the statements: only the first waits until the
      // change is in the file.
      connection.commit();
    }

    void close() {
      try (connection) {
        connection.rollback();
      } catch (SQLException alreadyBroken) {
        // The pool discards the connection; nothing in it has to be saved.
        return;
      }
    }
  }
}
