package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that what a table can have beside plain columns is as in a table of plain H2: each
 * statement is executed in both databases, and answers and contents are compared.
 */
class H2TableEngineSchemaTests {

  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

  private Connection engine;
  private Connection plain;

  /** Represents tables, statements that change them, and what is read at the end. */
  private record Case(
      String name, List<String> tables, List<String> statements, List<String> reads) {

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void open() throws SQLException {
    engine =
        DriverManager.getConnection(
            "jdbc:h2:mem:" + OPTIONS + ";DEFAULT_TABLE_ENGINE=" + H2TableEngine.class.getName());
    plain = DriverManager.getConnection("jdbc:h2:mem:" + OPTIONS);
  }

  @AfterEach
  void close() throws SQLException {
    engine.close();
    plain.close();
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "a primary key of whole numbers changes",
            List.of("create table t (id bigint primary key, a int); create index t_a on t (a, id)"),
            List.of(
                "insert into t values (1, 10), (2, 20), (3, 30)",
                "update t set id = 9 where id = 1",
                "update t set id = id + 1, a = a + 1",
                "update t set id = 3 where a = 11",
                "update t set id = 5 - id where id < 5",
                "insert into t values (1, 7)",
                "delete from t where id = 10"),
            List.of(
                "select * from t order by id",
                "select id from t where id = 1",
                "select id, a from t order by a, id")),
        new Case(
            "a primary key of texts changes",
            List.of("create table t (id varchar primary key, a int unique)"),
            List.of(
                "insert into t values ('a', 1), ('b', 2)",
                "update t set id = 'c' where id = 'a'",
                "update t set id = 'b' where id = 'c'",
                "update t set id = id || id, a = 3 - a",
                "update t set a = 2 where id = 'cc'"),
            List.of("select * from t order by id", "select id from t order by a")),
        new Case(
            "foreign keys: refused, cascaded, set to null",
            List.of(
                "create table p (id int primary key, code varchar unique, n int)",
                "create table c (id int primary key, code varchar references p (code) on update cascade)",
                "create table r (id int primary key, p int references p (id))",
                "create table s (id int primary key, up int references s (id), n int)"),
            List.of(
                "insert into p values (1, 'x', 0), (2, 'y', 0)",
                "insert into c values (1, 'x'), (2, 'x'), (3, null)",
                "insert into r values (1, 1)",
                "update p set code = 'z', n = 5 where id = 1",
                "update p set id = 7 where id = 1",
                "update p set n = n + 1",
                "update r set p = 3",
                "update r set p = 2",
                "update p set id = 7 where id = 1",
                "update p set code = case code when 'y' then 'z' else 'y' end",
                "insert into s values (1, null, 0), (2, 1, 0)",
                "update s set up = 2 where id = 1",
                "update s set up = 9 where id = 2",
                "update s set n = n + 1",
                "delete from p where id = 2"),
            List.of(
                "select * from p order by id",
                "select * from c order by id",
                "select id from c order by code, id",
                "select * from r",
                "select * from s order by id")),
        new Case(
            "null in unique keys",
            List.of(
                "create table t (id int primary key, a int, b int, unique (a, b))",
                "create unique index t_b on t (b)"),
            List.of(
                "insert into t values (1, 1, null), (2, 1, null), (3, null, 3)",
                "update t set b = 3 where id = 1",
                "update t set b = null",
                "update t set a = null",
                "update t set b = id where id < 3",
                "update t set b = 2 where id = 3",
                "update t set a = 1, b = 1 where id = 3"),
            List.of(
                "select * from t order by id",
                "select id from t order by b, id",
                "select id from t where b is null order by id")),
        new Case(
            "computed columns, defaults, checks and columns that cannot be null",
            List.of(
                "create table t (id int primary key, a int not null check (a < 100),"
                    + " twice int generated always as (a * 2), at int default 5)",
                "create unique index t_twice on t (twice)"),
            List.of(
                "insert into t (id, a) values (1, 1), (2, 2)",
                "update t set a = 3 where id = 1",
                "update t set a = 3 where id = 2",
                "update t set a = 5 - a, at = default",
                "update t set a = null where id = 1",
                "update t set a = 100 where id = 1",
                "update t set twice = 3",
                "update t set at = 8 where twice = 6"),
            List.of("select * from t order by id", "select id, twice from t order by twice")),
        new Case(
            "merge, and insert on conflict",
            List.of(
                "create table t (id int primary key, a int, b varchar)",
                "create unique index t_a on t (a)",
                "create table source (id int, a int)"),
            List.of(
                "insert into t values (1, 1, 'x'), (2, 2, 'x')",
                "insert into t values (1, 9, 'y') on conflict do nothing",
                "insert into source values (1, 5), (2, 6), (3, 7), (4, 5)",
                "merge into t using source s on (t.id = s.id) when matched then update set t.a = s.a, t.b = 'm'"
                    + " when not matched then insert values (s.id, s.a, 'n')",
                "delete from source where id = 4",
                "merge into t using source s on (t.id = s.id) when matched and s.a < 7 then update set t.a = s.a"
                    + " when matched then delete when not matched then insert values (s.id, s.a, 'n')",
                "merge into t (id, a, b) key (id) values (1, 6, 'k')",
                "merge into t (id, a, b) key (id) values (1, 8, 'k')",
                "update t set a = (select max(s.a) + t.id from source s)"),
            List.of("select * from t order by id", "select id from t order by a")),
        new Case(
            "texts that are equal but for their case",
            // The mode for PostgreSQL has no such type.
            List.of(
                "set mode regular",
                "create table t (id int primary key, a varchar_ignorecase, b varchar_ignorecase)",
                "create index t_a on t (a)",
                "create unique index t_b on t (b)"),
            List.of(
                "insert into t values (1, 'one', 'one'), (2, 'two', 'two')",
                "update t set a = 'ONE', b = 'One' where id = 1",
                "update t set b = 'ONE' where id = 2",
                "update t set a = upper(a), b = upper(b)"),
            List.of(
                "select * from t order by id",
                "select a from t where a = 'one'",
                "select b from t where b = 'one'")),
        new Case(
            "numbers that are equal but for their scale",
            List.of(
                "create table t (id int primary key, a numeric, b decfloat)",
                "create index t_a on t (a)",
                "create unique index t_b on t (b)"),
            List.of(
                "insert into t values (1, 1.0, 1.0), (2, 2.00, 2)",
                "update t set a = 1.00, b = 1 where id = 1",
                "update t set b = 1.000 where id = 2",
                "update t set a = 2.0, b = b * 1.0"),
            List.of("select * from t order by id", "select a from t where a >= 0 order by a, id")),
        new Case(
            "values outside the row",
            List.of(
                "create table t (id int primary key, a int, text text, data binary large object)",
                "create index t_a on t (a)"),
            List.of(
                "insert into t values (1, 1, repeat('x', 5000), x'00'), (2, 2, 'short', null)",
                "update t set a = 3 where id = 1",
                "update t set text = text || 'y', data = x'01'",
                "update t set text = null where id = 2",
                "update t set id = 7 where id = 1"),
            List.of(
                "select id, a, length(text), substring(text from length(text)), data from t order by id")),
        new Case(
            "triggers",
            List.of(
                "create table seen (n bigint generated always as identity, what varchar)",
                "create table t (id int primary key, a int, b varchar)",
                "create index t_a on t (a)",
                "create trigger before_t before update on t for each row call \"%s\""
                    .formatted(Raised.class.getName()),
                "create trigger after_t after update on t for each row call \"%s\""
                    .formatted(Seen.class.getName())),
            List.of(
                "insert into t values (1, 1, 'x'), (2, 2, 'x')",
                "update t set b = 'y'",
                "update t set a = 5 where id = 1",
                "update t set a = -1"),
            List.of(
                "select * from t order by id",
                "select id from t order by a",
                "select what from seen order by n")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachStatementIsAsInPlainH2(Case example) throws SQLException {
    for (var table : example.tables()) {
      assertThat(result(engine, table)).as(table).isEqualTo("0");
      assertThat(result(plain, table)).as(table).isEqualTo("0");
    }
    for (var statement : example.statements()) {
      both(statement);
      compare(example.reads(), statement);
    }
  }

  /** The same in one transaction, with each statement taken back once before it stays. */
  @ParameterizedTest
  @MethodSource("cases")
  void savepointsTakeEachStatementBack(Case example) throws SQLException {
    for (var table : example.tables()) {
      assertThat(result(engine, table)).as(table).isEqualTo("0");
      assertThat(result(plain, table)).as(table).isEqualTo("0");
    }
    engine.setAutoCommit(false);
    plain.setAutoCommit(false);
    for (var statement : example.statements()) {
      both("savepoint s");
      both(statement);
      both("rollback to savepoint s");
      compare(example.reads(), "rolled back: " + statement);
      both(statement);
      compare(example.reads(), statement);
    }
    engine.rollback();
    plain.rollback();
    compare(example.reads(), "all rolled back");
  }

  /** Statements of all cases' kinds at random, in transactions with savepoints. */
  @Test
  void randomTransactionsAreAsInPlainH2() throws SQLException {
    both("create table p (id int primary key, code int unique, n int)");
    both(
        "create table c (id int primary key, code int references p (code) on update cascade, a int)");
    both("create index c_a on c (a, id)");
    for (int i = 0; i < 20; i++) {
      both("insert into p values (%d, %d, 0)".formatted(i, i));
      both("insert into c values (%d, %d, %d)".formatted(i, i / 2, i % 3));
    }
    var reads =
        List.of(
            "select * from p order by id",
            "select code, id from p order by code",
            "select * from c order by id",
            "select a, id from c order by a, id",
            "select code, id from c order by code, id");
    var random = new Random(130);
    engine.setAutoCommit(false);
    plain.setAutoCommit(false);
    for (int i = 0; i < 600; i++) {
      boolean saved = random.nextBoolean();
      both(statement(random));
      if (saved) {
        both("savepoint s");
      }
      both(statement(random));
      both(statement(random));
      if (saved && random.nextBoolean()) {
        both("rollback to savepoint s");
      }
      both(random.nextInt(4) == 0 ? "rollback" : "commit");
      if (i % 20 == 0) {
        compare(reads, "transaction " + i);
      }
    }
    compare(reads, "the end");
  }

  private static String statement(Random random) {
    int one = random.nextInt(20);
    int other = random.nextInt(24);
    return switch (random.nextInt(9)) {
      case 0 -> "update p set n = n + 1 where id < " + one;
      case 1 -> "update p set code = %d where id = %d".formatted(other, one);
      case 2 -> "update p set id = %d where id = %d".formatted(other, one);
      case 3 -> "update p set code = 23 - code where code between 4 and 19";
      case 4 -> "update c set a = %d where id = %d".formatted(other % 5, one);
      case 5 -> "update c set code = %d, a = a + 1 where a = %d".formatted(other, one % 5);
      case 6 -> "delete from c where id = " + one;
      case 7 -> "insert into c values (%d, %d, 0) on conflict do nothing".formatted(other, one);
      default ->
          "merge into c using (values (%d, %d)) s(id, a) on (c.id = s.id) when matched then update set c.a = s.a"
                  .formatted(one, other)
              + " when not matched then insert values (s.id, null, s.a)";
    };
  }

  private void both(String sql) throws SQLException {
    assertThat(result(engine, sql)).as(sql).isEqualTo(result(plain, sql));
  }

  private void compare(List<String> reads, String after) throws SQLException {
    for (var read : reads) {
      assertThat(rows(engine, read)).as(read + ", after: " + after).isEqualTo(rows(plain, read));
    }
  }

  private static String result(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
      return String.valueOf(statement.getUpdateCount());
    } catch (SQLException refused) {
      return refused.getSQLState();
    }
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<List<String>>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        found.add(cells);
      }
    }
    return found;
  }

  /** Adds one to the column {@code a}, and refuses a number below zero. */
  public static final class Raised implements Trigger {

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      int raised = (Integer) after[1] + 1;
      if (raised <= 0) {
        throw new SQLException("below zero", "22003");
      }
      after[1] = raised;
    }
  }

  /** Writes down each changed row. */
  public static final class Seen implements Trigger {

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      try (var insert = connection.prepareStatement("insert into seen (what) values (?)")) {
        insert.setString(1, List.of(before) + " " + List.of(after));
        insert.executeUpdate();
      }
    }
  }
}
