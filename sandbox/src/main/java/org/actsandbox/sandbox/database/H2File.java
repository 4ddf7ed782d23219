package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import java.util.HashMap;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/** Represents the open H2 file, below its SQL. */
final class H2File {

  private final MVStore store;

  private H2File(MVStore store) {
    this.store = store;
  }

  static H2File of(DataSource connections) throws SQLException {
    try (var connection = connections.getConnection()) {
      var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new H2File(session.getDatabase().getStore().getMvStore());
    }
  }

  /** Writes everything committed so far to the file. */
  void write() {
    store.commit();
  }

  /** Says whether the file is closed for good, which no later statement changes. */
  boolean isClosed() {
    return store.isClosed();
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
