package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Tests that a full disk ends the server with one sentence, and that acknowledged changes are there
 * afterwards.
 */
@Timeout(600)
class FullDiskTests {

  private static final AtomicBoolean FULL = new AtomicBoolean();

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  private String url;

  @BeforeEach
  void disk() {
    FilePath.register(new SmallDisk());
    url =
        "jdbc:h2:full:"
            + folder.resolve("db")
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }

  @AfterEach
  void room() {
    FULL.set(false);
    FilePath.unregister(new SmallDisk());
  }

  @Test
  void endsOnceAndKeepsWhatWasAcknowledged() throws Exception {
    var acknowledged = new ArrayList<Integer>();
    var pool = new DriverManagerDataSource(url, "sa", "");
    try (var keeper = pool.getConnection()) {
      var session = (SessionLocal) keeper.unwrap(JdbcConnection.class).getSession();
      var store = session.getDatabase().getStore().getMvStore();
      var broken =
          new DatabaseFailureShutdown(
              folder, (message, exitCode) -> ends.add(exitCode + " " + message));
      try (var commits = new GroupCommit(store::commit, store::isClosed, broken::report)) {
        var connections = new DurableDataSource(pool, 1, commits, new DatabaseCost());
        insert(connections, "create table t (n int primary key, x varchar)");
        int n = 0;
        while (ends.isEmpty()) {
          assertThat(n).as("changes on a full disk").isLessThan(10_000);
          FULL.set(n >= 20);
          try {
            insert(connections, "insert into t values (" + n + ", '" + "x".repeat(5_000) + "')");
            acknowledged.add(n);
          } catch (SQLException | IllegalStateException refused) {
            assertThat(n).as(refused.toString()).isGreaterThanOrEqualTo(20);
          }
          n++;
        }
        assertThat(ends.poll(20, TimeUnit.SECONDS))
            .startsWith(DatabaseFailureShutdown.EXIT_CODE + " ")
            .contains("No space left", "acknowledged is stored", "make room");
        // It is reported once, and the store stays closed when the disk has room again.
        FULL.set(false);
        for (int i = 0; i < 3; i++) {
          int more = 10_000 + i;
          assertThat(refuses(connections, "insert into t values (" + more + ", 'x')")).isTrue();
        }
        assertThat(ends).isEmpty();
      }
    } catch (SQLException brokenAlready) {
      // Closing the last connection of a closed store may fail.
      assertThat(acknowledged).as(brokenAlready.toString()).isNotEmpty();
    }

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(20);
    assertThat(stored()).containsAll(acknowledged);
  }

  /** What was acknowledged is not stored then, and to make room would not help. */
  @Test
  void aDeletedFolderIsCalledSo() {
    var gone = folder.resolve("gone");
    new DatabaseFailureShutdown(gone, (message, exitCode) -> ends.add(exitCode + " " + message))
        .report(new UncheckedIOException(new NoSuchFileException(gone + "/sandbox.redo.7")));

    assertThat(ends)
        .singleElement()
        .asString()
        .startsWith(DatabaseFailureShutdown.EXIT_CODE + " the data folder " + gone + " was deleted")
        .contains("sandbox.redo.7", "from a backup")
        .doesNotContain("is stored", "make room");
  }

  /** A supervisor starts it again after this exit code, and does not after that of a setting. */
  @Test
  void aStartOnAFullDiskEndsLikeAServerWhoseDiskBecomesFull() throws Exception {
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("create table t (n int primary key)");
    }
    FULL.set(true);
    var address =
        new DatabaseAddress("jdbc:h2:logged:/data/sandbox", "sa", "", "/data/sandbox.mv.db");

    var failed =
        catchThrowableOfType(
            SQLException.class, () -> insert(new DriverManagerDataSource(url, "sa", "")));

    var failure = address.failure(failed);
    assertThat(failure.exitCode()).isEqualTo(DatabaseFailureShutdown.EXIT_CODE);
    assertThat(failure.oneLine()).contains("/data/sandbox.mv.db is full", "make room");
    assertThat(address.failure(new SQLException("no such user", "28000")).exitCode()).isEqualTo(2);
  }

  private static void insert(DriverManagerDataSource connections) throws SQLException {
    try (var connection = connections.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("insert into t values (1)");
      statement.execute("checkpoint sync");
    }
  }

  private List<Integer> stored() throws SQLException {
    var stored = new ArrayList<Integer>();
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var rows = connection.createStatement().executeQuery("select n from t")) {
      while (rows.next()) {
        stored.add(rows.getInt(1));
      }
    }
    return stored;
  }

  private static void insert(DurableDataSource connections, String sql) throws SQLException {
    try (var connection = connections.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  private static boolean refuses(DurableDataSource connections, String sql) {
    try {
      insert(connections, sql);
      return false;
    } catch (SQLException | IllegalStateException refused) {
      return true;
    }
  }

  /** Files that cannot be written while {@link #FULL}; the database makes more of it. */
  public static final class SmallDisk extends FilePathWrapper {

    public SmallDisk() {
      // Called by reflection.
    }

    @Override
    public String getScheme() {
      return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      return new SmallFile(super.open(mode));
    }
  }

  /** A file on this file system. */
  static final class SmallFile extends FileBaseDefault {

    private final FileChannel real;

    SmallFile(FileChannel real) {
      this.real = real;
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
      return real.read(into, position);
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      if (FULL.get()) {
        throw new IOException("No space left on device");
      }
      return real.write(from, position);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      real.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      real.force(metaData);
    }

    @Override
    public java.nio.channels.FileLock tryLock(long position, long size, boolean shared)
        throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }

    @Override
    public String toString() {
      return "small disk: " + real;
    }
  }
}
