package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the database itself refuse to change or delete rows of the chain (ACT TSD-4), except when a
 * deleted world is emptied. It is a migration in Java, because H2 and PostgreSQL define triggers
 * differently.
 */
@Component
class AppendOnlyMigration implements JavaMigration {

  static final List<String> TABLES = List.of("trust_anchor", "trust_node", "trust_head");

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1.1");
  }

  @Override
  public String getDescription() {
    return "refuse rewriting the chain";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    var connection = context.getConnection();
    boolean postgres = connection.getMetaData().getDatabaseProductName().contains("Postgre");
    try (var statement = connection.createStatement()) {
      if (postgres) {
        statement.execute(POSTGRES_FUNCTION);
      }
      for (var table : TABLES) {
        protect(statement, table, postgres);
      }
    }
  }

  private static final String POSTGRES_FUNCTION =
      """
      create function trust_append_only() returns trigger as $$
      begin
        if tg_op = 'DELETE' and exists (
            select 1 from emptied_partitions where partition_key = old.world) then
          return old;
        end if;
        raise exception '% is append-only', tg_table_name using errcode = '23514';
      end
      $$ language plpgsql
      """;

  private static void protect(Statement statement, String table, boolean postgres)
      throws SQLException {
    statement.execute(
        postgres
            ? ("create trigger %1$s_kept before update or delete on %1$s"
                    + " for each row execute function trust_append_only()")
                .formatted(table)
            : "create trigger %1$s_kept before update, delete on %1$s for each row call \"%2$s\""
                .formatted(table, AppendOnly.class.getName()));
  }
}
