package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import java.util.HashMap;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/** Represents the open H2 file, below its SQL. */
final class H2File {

  /** Share of a chunk's pages that are live, in percent. */
  private static final int CHUNKS_FILLED = 80;

  /** Share of the file that chunks take, in percent. */
  private static final int FILE_FILLED = 95;

  /** Limit in bytes of the pages that one step writes anew, so that a request waits little. */
  private static final int REWRITE_BYTES = 4 << 20;

  /**
   * Limit in bytes of the chunks that one step moves. H2 moves no part of a chunk, and a chunk of
   * rewritten pages is larger than {@link #REWRITE_BYTES}, because it has the inner pages, too. So
   * the limit doubles while it is too small for the last chunk of the file.
   */
  private static final int MOVE_BYTES = 4 * REWRITE_BYTES;

  private static final int MAX_MOVE_BYTES = 16 * MOVE_BYTES;

  /** Limits the steps in a row that write pages anew and do not make the file shorter. */
  private static final int MAX_FRUITLESS = 80;

  private final MVStore store;

  private final int firstMoveBytes;

  /** Number of steps since the file became shorter; used by one thread at a time. */
  private int fruitless;

  private int moveBytes;

  private H2File(MVStore store, int firstMoveBytes) {
    this.store = store;
    this.firstMoveBytes = firstMoveBytes;
    this.moveBytes = firstMoveBytes;
  }

  static H2File of(DataSource connections) throws SQLException {
    return of(connections, MOVE_BYTES);
  }

  /**
   * @param firstMoveBytes limit in bytes of the chunks that the first step moves
   */
  static H2File of(DataSource connections, int firstMoveBytes) throws SQLException {
    try (var connection = connections.getConnection()) {
      var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new H2File(session.getDatabase().getStore().getMvStore(), firstMoveBytes);
    }
  }

  /** Says whether the file is closed for good, which no later statement changes. */
  boolean isClosed() {
    return store.isClosed();
  }

  /** Returns the size of the file in bytes. */
  long size() {
    return store.getFileStore().size();
  }

  /**
   * Gives a part of the file's dead space back: it writes pages of chunks anew that are mostly
   * dead, or else moves chunks from the end of the file into its gaps. H2 would do the same by
   * itself only below a fill rate at which a file is three times as large as what is live.
   *
   * <p>Nothing is kept back for the age of a chunk meanwhile. H2 keeps a dead chunk for 45 seconds
   * for the case that the machine loses power before the device has the newer ones, and a step
   * flushes the device before it writes over anything.
   *
   * @return false when a further step would gain nothing
   */
  boolean compactStep() {
    if (store.isClosed() || !(store.getFileStore() instanceof RandomAccessStore file)) {
      return false;
    }
    int retention = store.getRetentionTime();
    store.setRetentionTime(0);
    try {
      long before = file.size();
      // H2 drops dead chunks when it writes a version, and writes none without a change. The redo
      // log changes this number, too.
      synchronized (store) {
        store.setStoreVersion(store.getStoreVersion());
      }
      store.commit();
      boolean rewritten =
          file.getChunksFillRate() < CHUNKS_FILLED && store.compact(CHUNKS_FILLED, REWRITE_BYTES);
      store.commit();
      boolean hasGaps = file.getFillRate() < FILE_FILLED;
      if (hasGaps) {
        store.sync();
        file.compactMoveChunks(FILE_FILLED, moveBytes, store);
      }
      if (file.size() < before) {
        fruitless = 0;
        moveBytes = firstMoveBytes;
        return true;
      }
      if (rewritten) {
        return ++fruitless < MAX_FRUITLESS;
      }
      boolean mayMoveMore = hasGaps && moveBytes < MAX_MOVE_BYTES;
      moveBytes = mayMoveMore ? 2 * moveBytes : firstMoveBytes;
      return mayMoveMore;
    } finally {
      store.setRetentionTime(retention);
    }
  }

  /** Returns the number of bytes written since the file was opened; 0 after it was closed. */
  long writtenBytes() {
    if (store.isClosed()) {
      return 0;
    }
    // H2 tells this figure in no other way.
    var figures = new HashMap<String, String>();
    store.getFileStore().populateInfo(figures::put);
    return Long.parseLong(figures.get("info.FILE_WRITE_BYTES"));
  }
}
