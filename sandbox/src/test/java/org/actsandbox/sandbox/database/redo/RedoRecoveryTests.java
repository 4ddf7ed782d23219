package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.sandbox.database.OwnerOnly;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests files whose tables, indexes and undo logs are not of one moment: H2 writes the maps of a
 * version one after another while transactions go on.
 */
class RedoRecoveryTests {

  private static final int SESSIONS = 8;

  /** Number of the last operation of a transaction; H2 gives it to the mark of a commit. */
  private static final long COMMITTED = (1L << 40) - 1;

  private static final List<String> BEFORE = List.of("1 one", "2 two", "3 three");

  @TempDir Path folder;

  private LoggedDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = LoggedDatabase.open(Files.createDirectories(folder.resolve("data")));
    database.execute(
        "create table note (id int primary key, text varchar)",
        "create index note_text on note (text)",
        "insert into note values (1, 'one'), (2, 'two')");
    database.log().start();
    database.execute("insert into note values (3, 'three')");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  /** A change was made after the undo log of its transaction was written. */
  @Test
  void noLaterTransactionSeesAChangeWithoutItsUndoRecord() throws Exception {
    try (var open = changing()) {
      for (var undo : undoLogs(open)) {
        undo.clear();
      }
      database.execute("checkpoint");
      assertThatEachSessionSees(BEFORE, database.crash(folder.resolve("killed")));
    }
  }

  /**
   * A transaction ended after its undo log was written, and the next one of its number changed what
   * it had changed before that was written.
   */
  @Test
  void anInterruptedCommitDoesNotCommitTheNextTransaction() throws Exception {
    try (var open = changing()) {
      for (var undo : undoLogs(open)) {
        undo.put(undo.firstKey() | COMMITTED, undo.get(undo.firstKey()));
      }
      database.execute("checkpoint");
      assertThatEachSessionSees(BEFORE, database.crash(folder.resolve("killed")));
    }
  }

  /** The number of the next segment was written, but not the last commits before it. */
  @Test
  void theSegmentBeforeTheNamedOneIsApplied() throws Exception {
    database.execute("checkpoint", "update note set text = 'uno' where id = 1");
    database.log().write();
    var copy = database.crash(folder.resolve("killed"));
    var segment = RedoSegment.beside(LoggedDatabase.file(copy)).lastEntry();
    try (var file = new MVStore.Builder().fileName(LoggedDatabase.file(copy).toString()).open()) {
      file.setStoreVersion(segment.getKey() + 1);
    }
    RedoSegment.create(LoggedDatabase.file(copy), segment.getKey() + 1, OwnerOnly::open).close();

    assertThatEachSessionSees(List.of("1 uno", "2 two", "3 three"), copy);
  }

  /** A server of a former version was killed, and the next start is of this one. */
  @Test
  void aLogInTheFormerFormIsApplied() throws Exception {
    database.execute("update note set text = 'uno' where id = 1", "delete from note where id = 2");
    database.log().write();
    var copy = database.crash(folder.resolve("killed"));
    var segment = RedoSegment.beside(LoggedDatabase.file(copy)).lastEntry().getValue();
    var frames = new ArrayList<byte[]>();
    boolean isWhole =
        RedoSegment.read(
            segment,
            images -> {
              var frame = new byte[images.remaining()];
              images.get(frame);
              frames.add(frame);
            });
    assertThat(isWhole).isTrue();
    Files.write(segment, FormerSegment.of(frames));

    assertThatEachSessionSees(List.of("1 uno", "3 three"), copy);
  }

  /** Opens a transaction that changes, deletes and adds a row. */
  private Connection changing() throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("update note set text = 'never committed' where id = 1");
      statement.execute("delete from note where id = 2");
      statement.execute("insert into note values (4, 'never committed')");
    }
    return connection;
  }

  private static List<MVMap<Long, Object>> undoLogs(Connection of) throws SQLException {
    var session = (SessionLocal) of.unwrap(JdbcConnection.class).getSession();
    MVStore store = session.getDatabase().getStore().getMvStore();
    var found = new ArrayList<MVMap<Long, Object>>();
    for (var name : store.getMapNames()) {
      if (name.startsWith("undoLog.")) {
        MVMap<Long, Object> undo =
            store.getMap(DataUtils.parseHexInt(store.getMetaMap().get(DataUtils.META_NAME + name)));
        if (!undo.isEmpty()) {
          found.add(undo);
        }
      }
    }
    assertThat(found).hasSize(1);
    return found;
  }

  /** Each session has a transaction of another number, and one of them that of the open one. */
  private static void assertThatEachSessionSees(List<String> notes, Path crashed) throws Exception {
    try (var started = LoggedDatabase.open(crashed)) {
      var sessions = new ArrayList<Connection>();
      for (int i = 0; i < SESSIONS; i++) {
        var session = started.connect();
        session.setAutoCommit(false);
        sessions.add(session);
        assertThat(notes(session, "note where id > 0")).isEqualTo(notes);
        assertThat(notes(session, "note use index (note_text) where text > ''")).isEqualTo(notes);
      }
      for (var session : sessions) {
        session.close();
      }
    }
  }

  private static List<String> notes(Connection session, String from) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("select id, text from " + from + " order by id")) {
      while (rows.next()) {
        found.add(rows.getInt(1) + " " + rows.getString(2));
      }
    }
    return found;
  }
}
