package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.Page;
import org.h2.mvstore.db.MVIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that tables behave as H2's own, except that an update spares indexes. */
class H2TableEngineTests {

  private static final String TABLE =
      """
      create table paid (
        id varchar(8) primary key, amount int not null, due int, place int, note varchar(40));
      create unique index paid_place on paid (place);
      create index paid_due on paid (due, id)
      """;

  @TempDir Path folder;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(InterruptionTests.address(folder).url(), "sa", "");
    execute(TABLE);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void anUpdateChangesNoIndexThatHasNoneOfItsColumns() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x'), ('b', 2, 20, 2, 'x')");
    var before = roots();

    execute("update paid set amount = amount + 1, note = 'y'");

    assertThat(changed(before, roots())).as("the table alone").hasSize(1);
    assertThat(rows()).containsExactly("a 2 10 1 y", "b 3 20 2 y");
  }

  @Test
  void anUpdateMovesTheEntriesOfTheColumnsThatItChanges() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x'), ('b', 2, 20, 2, 'x')");
    var before = roots();

    execute("update paid set due = 30 where id = 'a'");

    assertThat(changed(before, roots())).as("the table and one index").hasSize(2);
    assertThat(query("select id from paid where due = 30")).containsExactly("a");
    assertThat(query("select id from paid where due = 10")).isEmpty();
    assertThat(query("select id from paid order by due")).containsExactly("b", "a");
  }

  @Test
  void rowsExchangeTheirUniqueKeys() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x'), ('b', 2, 20, 2, 'x')");

    execute("update paid set place = 3 - place");
    execute("update paid set id = case id when 'a' then 'b' else 'a' end");

    assertThat(rows()).containsExactly("a 2 20 1 x", "b 1 10 2 x");
  }

  @Test
  void aTakenKeyIsRefusedAndNothingOfTheStatementStays() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x'), ('b', 2, 20, 2, 'x')");

    assertThatThrownBy(() -> execute("update paid set place = 2, amount = 9 where id = 'a'"))
        .isInstanceOf(SQLException.class)
        .extracting(failed -> ((SQLException) failed).getSQLState())
        .isEqualTo("23505");
    assertThatThrownBy(() -> execute("update paid set amount = 9, place = 7"))
        .isInstanceOf(SQLException.class);

    assertThat(rows()).containsExactly("a 1 10 1 x", "b 2 20 2 x");
    assertThat(query("select id from paid where place = 7")).isEmpty();
  }

  @Test
  void aRollbackTakesTableAndIndexesBack() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x'), ('b', 2, 20, 2, 'x')");
    connection.setAutoCommit(false);

    execute("update paid set amount = 5, due = 50 where id = 'a'");
    execute("update paid set note = 'y'");
    connection.rollback();

    assertThat(rows()).containsExactly("a 1 10 1 x", "b 2 20 2 x");
    assertThat(query("select id from paid where due = 10")).containsExactly("a");
    assertThat(query("select id from paid where due = 50")).isEmpty();
  }

  /** Random updates, some rolled back, beside a table that the plain H2 makes. */
  @Test
  void allIsAsInATableOfPlainH2() throws SQLException {
    var random = new Random(121);
    try (var plain = DriverManager.getConnection("jdbc:h2:mem:plain121", "sa", "")) {
      execute(plain, TABLE);
      for (int i = 0; i < 40; i++) {
        both(plain, "insert into paid values ('k%d', %d, %d, %d, 'n')".formatted(i, i, i % 7, i));
      }
      for (int i = 0; i < 2_000; i++) {
        boolean rolledBack = random.nextInt(4) == 0;
        plain.setAutoCommit(!rolledBack);
        connection.setAutoCommit(!rolledBack);
        for (int each = 0; each < 1 + random.nextInt(3); each++) {
          both(plain, change(random));
        }
        if (rolledBack) {
          plain.rollback();
          connection.rollback();
        }
      }
      plain.setAutoCommit(true);
      connection.setAutoCommit(true);
      for (var order : List.of("id", "due, id", "place")) {
        var all = "select id, amount, due, place, note from paid order by " + order;
        assertThat(query(connection, all)).isEqualTo(query(plain, all)).hasSize(40);
      }
    }
  }

  /** The definitions in the file name no engine, so that other programs can open it. */
  @Test
  void theFileOpensWithoutTheEngine() throws SQLException {
    execute("insert into paid values ('a', 1, 10, 1, 'x')");
    execute("update paid set due = 11, amount = 2");
    connection.close();

    connection =
        DriverManager.getConnection(
            "jdbc:h2:" + folder.resolve("sandbox") + ";DATABASE_TO_LOWER=TRUE", "sa", "");

    assertThat(rows()).containsExactly("a 2 11 1 x");
    assertThat(query("select id from paid where due = 11")).containsExactly("a");
  }

  private static String change(Random random) {
    var which =
        switch (random.nextInt(3)) {
          case 0 -> "where id = 'k" + random.nextInt(40) + "'";
          case 1 -> "where due = " + random.nextInt(9);
          default -> "where amount > " + random.nextInt(40) + " and place < " + random.nextInt(40);
        };
    return switch (random.nextInt(5)) {
          case 0 -> "update paid set amount = amount + 1 ";
          case 1 -> "update paid set due = " + random.nextInt(9) + " ";
          case 2 -> "update paid set due = null, note = 'n" + random.nextInt(5) + "' ";
          case 3 -> "update paid set place = 39 - place ";
          default -> "update paid set place = place + 1 ";
        }
        + which;
  }

  /** Executes a change in both, which must say the same. */
  private void both(Connection plain, String sql) throws SQLException {
    assertThat(result(connection, sql)).as(sql).isEqualTo(result(plain, sql));
  }

  private static String result(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return String.valueOf(statement.executeUpdate(sql));
    } catch (SQLException refused) {
      return refused.getSQLState();
    }
  }

  /** Returns the root page of the table and of each index, which every change replaces. */
  private Map<String, Page<?, ?>> roots() throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    var table = session.getDatabase().getMainSchema().findTableOrView(session, "paid");
    var roots = new HashMap<String, Page<?, ?>>();
    for (var index : table.getIndexes()) {
      roots.put(index.getName(), ((MVIndex<?, ?>) index).getMVMap().getRootPage());
    }
    return roots;
  }

  private static List<String> changed(
      Map<String, Page<?, ?>> before, Map<String, Page<?, ?>> after) {
    assertThat(before).as("the table, its key and two indexes").hasSize(4);
    return after.keySet().stream().filter(name -> after.get(name) != before.get(name)).toList();
  }

  private List<String> rows() throws SQLException {
    return query("select id, amount, due, place, note from paid order by id");
  }

  private List<String> query(String sql) throws SQLException {
    return query(connection, sql);
  }

  /** Returns each row as its values with blanks between them. */
  static List<String> query(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        found.add(String.join(" ", cells));
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
