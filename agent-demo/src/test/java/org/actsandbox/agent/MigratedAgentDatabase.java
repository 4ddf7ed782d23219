package org.actsandbox.agent;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens databases in memory with the agent's tables. Only the first one of a process is migrated;
 * all others are made from its dump, which is much faster.
 */
final class MigratedAgentDatabase {

  private static final List<String> STATEMENTS = statements();

  private MigratedAgentDatabase() {}

  static JdbcConnectionPool open() {
    var pool = empty();
    var jdbc = JdbcClient.create(pool);
    STATEMENTS.forEach(statement -> jdbc.sql(statement).update());
    return pool;
  }

  private static List<String> statements() {
    var pool = empty();
    try {
      Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
      return JdbcClient.create(pool)
          .sql("script nopasswords nosettings")
          .query((row, _) -> Objects.requireNonNull(row.getString(1)))
          .list()
          .stream()
          .filter(statement -> !statement.startsWith("--"))
          .toList();
    } finally {
      JdbcClient.create(pool).sql("shutdown").update();
      pool.dispose();
    }
  }

  private static JdbcConnectionPool empty() {
    return JdbcConnectionPool.create(
        "jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        "sa",
        "");
  }
}
