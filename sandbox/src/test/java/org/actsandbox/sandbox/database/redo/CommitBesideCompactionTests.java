package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.LoggedTransactionStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a commit may take as long as it needs while the file is compacted: each page that it
 * can still read is there until its end.
 */
class CommitBesideCompactionTests {

  /** Versions after which nothing keeps a chunk but a reader. */
  private static final int VERSIONS = 5;

  @TempDir Path folder;

  @Test
  void noChunkIsLetGoDuringACommit() throws SQLException {
    try (var connection = DriverManager.getConnection(LoggedDatabase.url(folder), "sa", "")) {
      var database =
          ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase();
      var store = database.getStore().getMvStore();
      var duringCommit = new AtomicReference<Runnable>(() -> {});
      LoggedTransactionStore.install(
          database,
          (images, commit) -> {
            duringCommit.get().run();
            commit.run();
          });
      execute(connection, "create table paper (id int primary key, text varchar)");
      execute(connection, "create table note (id int primary key)");
      execute(connection, "insert into paper select x, 'paper ' || x from system_range(1, 20000)");
      store.commit();
      execute(connection, "update paper set text = 'new' where id <= 10000");
      writeVersions(store);
      var live = chunks(store, "livePages:0(,|$)");
      assertThat(live).isNotEmpty();
      duringCommit.set(
          () -> {
            compact(store);
            assertThat(chunks(store, "$.")).containsAll(live);
          });

      execute(connection, "insert into note values (1)");

      duringCommit.set(() -> {});
      compact(store);
      assertThat(chunks(store, "$.")).doesNotContainAnyElementsOf(live);
    }
  }

  /** Writes the rest of each chunk anew and lets it go, as the server does at rest. */
  private static void compact(MVStore store) {
    store.setRetentionTime(0);
    store.compact(100, Integer.MAX_VALUE);
    writeVersions(store);
  }

  private static void writeVersions(MVStore store) {
    for (int version = 0; version < VERSIONS; version++) {
      synchronized (store) {
        store.setStoreVersion(store.getStoreVersion());
      }
      store.commit();
    }
  }

  /** Returns the chunks of the file but those whose description has {@code without}. */
  private static List<String> chunks(MVStore store, String without) {
    var excluded = Pattern.compile(without);
    return store.getLayoutMap().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(DataUtils.LAYOUT_CHUNK))
        .filter(entry -> !excluded.matcher(entry.getValue()).find())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
