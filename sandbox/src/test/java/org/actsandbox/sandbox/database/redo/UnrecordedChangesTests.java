package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a file that has changes of an open transaction but not their records in the undo log, as H2
 * writes it when the transaction makes them between two of its maps.
 */
class UnrecordedChangesTests {

  private static final int SESSIONS = 8;

  @TempDir Path folder;

  @Test
  void noLaterTransactionSeesThem() throws Exception {
    try (var database = LoggedDatabase.open(Files.createDirectories(folder.resolve("data")))) {
      database.execute(
          "create table note (id int primary key, text varchar)",
          "create index note_text on note (text)",
          "insert into note values (1, 'one'), (2, 'two')");
      database.log().start();
      database.execute("insert into note values (3, 'three')");
      var before = List.of("1 one", "2 two", "3 three");
      try (var open = database.connect();
          var statement = open.createStatement()) {
        open.setAutoCommit(false);
        statement.execute("update note set text = 'never committed' where id = 1");
        statement.execute("delete from note where id = 2");
        statement.execute("insert into note values (4, 'never committed')");
        forgetUndoRecords(open);
        database.execute("checkpoint");

        try (var started = LoggedDatabase.open(database.crash(folder.resolve("killed")))) {
          // Each has a transaction of another number, and one of them that of the open one.
          var sessions = new ArrayList<Connection>();
          for (int i = 0; i < SESSIONS; i++) {
            var session = started.connect();
            session.setAutoCommit(false);
            sessions.add(session);
            assertThat(notes(session, "note where id > 0")).isEqualTo(before);
            assertThat(notes(session, "note use index (note_text) where text > ''"))
                .isEqualTo(before);
          }
          for (var session : sessions) {
            session.close();
          }
        }
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

  private static void forgetUndoRecords(Connection of) throws SQLException {
    var session = (SessionLocal) of.unwrap(JdbcConnection.class).getSession();
    MVStore store = session.getDatabase().getStore().getMvStore();
    int forgotten = 0;
    for (var name : store.getMapNames()) {
      if (name.startsWith("undoLog.")) {
        MVMap<Object, Object> undo =
            store.getMap(DataUtils.parseHexInt(store.getMetaMap().get(DataUtils.META_NAME + name)));
        forgotten += undo.size();
        undo.clear();
      }
    }
    assertThat(forgotten).isPositive();
  }
}
