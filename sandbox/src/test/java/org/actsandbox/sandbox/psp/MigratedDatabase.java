package org.actsandbox.sandbox.psp;

import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Databases in memory as the migrations leave them. They are migrated once; all others are written
 * from that one's own account of itself, which is the cheaper by far.
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
      return account(pool);
    } finally {
      pool.dispose();
    }
  }

  /** The statements that lead to what is in it. */
  static List<String> account(JdbcConnectionPool pool) {
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
