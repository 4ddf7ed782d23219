package org.actsandbox.sandbox.database.redo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.NavigableMap;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.LoggedTransactionStore;
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
      int lastChunk = UnrecordedChanges.lastChunk(database);
      try (var connection = DriverManager.getConnection(url, username, password)) {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        var store = session.getDatabase().getStore().getMvStore();
        UnrecordedChanges.takeBack(store, lastChunk);
        apply(segments, store);
        RedoLog.save(store, 0);
        // The tables in memory are those of before, and nothing of theirs may be written.
        session.getDatabase().shutdownImmediately();
      }
    }
    for (var obsolete : segments.values()) {
      Files.deleteIfExists(obsolete);
    }
  }

  private static void apply(NavigableMap<Integer, Path> segments, MVStore store)
      throws IOException {
    int first = store.getStoreVersion();
    if (first == 0) {
      // The file was closed, or it was not this file's log.
      return;
    }
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
    if (next == first) {
      throw new IOException("the log of this file, number %d, is missing".formatted(first));
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
