package org.actsandbox.sandbox.psp;

import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens databases in memory with the schema that the migrations make. Only the first one is
 * migrated; all others are made from its dump, which is much faster.
 */
final class MigratedDatabase {

  static final List<String> STATEMENTS = statements();

  private MigratedDatabase() {}

  static JdbcConnectionPool open(String name) {
    var pool = empty(name);
    var jdbc = JdbcClient.create(pool);
    STATEMENTS.forEach(statement -> jdbc.sql(statement).update());
    return pool;
  }

  private static List<String> statements() {
    var pool = empty("migrated");
    try {
      Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
      return dump(pool);
    } finally {
      close(pool);
    }
  }

  /** Gives the memory back: without this the database would stay until the process ends. */
  static void close(JdbcConnectionPool pool) {
    JdbcClient.create(pool).sql("shutdown").update();
    pool.dispose();
  }

  /** Returns the statements that recreate the database. */
  static List<String> dump(JdbcConnectionPool pool) {
    return JdbcClient.create(pool)
        .sql("script nopasswords nosettings")
        .query((row, _) -> Objects.requireNonNull(row.getString(1)))
        .list()
        .stream()
        .filter(statement -> !statement.startsWith("--"))
        .toList();
  }

  private static JdbcConnectionPool empty(String name) {
    return JdbcConnectionPool.create(
        "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000"
            .formatted(name),
        "sa",
        "");
  }
}
