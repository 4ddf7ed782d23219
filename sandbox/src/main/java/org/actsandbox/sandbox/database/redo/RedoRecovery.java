package org.actsandbox.sandbox.database.redo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.NavigableMap;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.LoggedTransactionStore;
import org.h2.mvstore.tx.UnfinishedCommits;
import org.h2.mvstore.tx.UnrecordedChanges;

/** Brings a database file up to the end of the log that a crash left beside it. */
public final class RedoRecovery {

  private RedoRecovery() {}

  /**
   * Applies the log and deletes it. If it is interrupted, it can be done again.
   *
   * @param database the database's file
   * @param url its address, from which this opens it
   * @throws IOException if the log is incomplete or damaged
   * @throws SQLException if the database cannot be opened
   * @throws MVStoreException if it cannot be written
   */
  public static void run(Path database, String url, String username, String password)
      throws SQLException, IOException {
    var segments = RedoSegment.beside(database);
    if (segments.isEmpty()) {
      return;
    }
    if (Files.exists(database) && Files.size(database) > 0) {
      int marked;
      int lastChunk;
      try (var file = openFile(database)) {
        marked = file.getStoreVersion();
        lastChunk = UnrecordedChanges.lastChunk(file);
      }
      try (var connection = open(url, username, password, marked != 0)) {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        var store = session.getDatabase().getStore().getMvStore();
        UnrecordedChanges.takeBack(store, lastChunk);
        if (marked != 0) {
          apply(segments, marked, store);
        }
        RedoLog.save(store, 0);
        // The tables in memory are those of before, and nothing of theirs may be written.
        session.getDatabase().shutdownImmediately();
      }
    }
    for (var obsolete : segments.values()) {
      Files.deleteIfExists(obsolete);
    }
  }

  /**
   * @throws SQLException as H2 does, if another process has the file
   */
  private static MVStore openFile(Path database) throws SQLException {
    try {
      return new MVStore.Builder().fileName(database.toString()).readOnly().open();
    } catch (MVStoreException failed) {
      if (failed.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw DbException.getJdbcSQLException(
            ErrorCode.DATABASE_ALREADY_OPEN_1, failed, database.toString());
      }
      throw failed;
    }
  }

  /** Opens the database; the log has all commits since the file was opened last. */
  private static Connection open(String url, String username, String password, boolean logged)
      throws SQLException {
    return logged
        ? UnfinishedCommits.takenBack(() -> DriverManager.getConnection(url, username, password))
        : DriverManager.getConnection(url, username, password);
  }

  /**
   * Applies the segment that the file names, those after it, and the one before it if it is there:
   * H2 writes the maps of a version one after another, so the file may have the number of a segment
   * and not yet all that was committed before it.
   *
   * @param marked the number in the file; 0 means that it was closed, or is not of this log
   */
  private static void apply(NavigableMap<Integer, Path> segments, int marked, MVStore store)
      throws IOException {
    if (!segments.containsKey(marked)) {
      var later = segments.higherEntry(marked);
      throw new IOException(
          later == null
              ? "the log of this file, number %d, is missing".formatted(marked)
              : "the log %s does not follow the one before".formatted(later.getValue()));
    }
    int first = segments.containsKey(marked - 1) ? marked - 1 : marked;
    boolean whole = true;
    int next = first;
    for (var segment : segments.tailMap(first, true).entrySet()) {
      if (segment.getKey() != next || !whole) {
        throw new IOException(
            "the log %s does not follow the one before".formatted(segment.getValue()));
      }
      next++;
      whole = read(segment.getValue(), store);
    }
  }

  private static boolean read(Path segment, MVStore store) throws IOException {
    try {
      return RedoSegment.read(segment, images -> LoggedTransactionStore.apply(store, images));
    } catch (IllegalStateException unknown) {
      throw new IOException("the log %s is of other tables".formatted(segment), unknown);
    }
  }
}
