package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes PostgreSQL refuse changes of a world by a session whose node does not own it (ADR 57). The
 * check is part of the transaction of the change, and its lock lasts until that transaction ends.
 */
public final class WorldFence {

  /**
   * Second argument of the lock's hash, so that the numbers of worlds are not those of other locks.
   */
  private static final int SEED = 4143;

  /** Returns the number of a world's advisory lock, as an SQL expression over its name. */
  public static String lockOf(String name) {
    return "hashtextextended(" + name + ", " + SEED + ")";
  }

  /** Lock of the installation: two nodes that start at once would meet in the same tables. */
  private static final long INSTALLATION = 0x4143_5446_4e43L;

  /**
   * SQL state of a refused change. It is of class 22, wrong data: the journal's writer drops such
   * an entry instead of trying it again.
   */
  public static final String REFUSED = "22ACT";

  private static final String FUNCTIONS =
      """
      create or replace function act_require_owner(world_partition text) returns void as $$
      declare
        world_name text := split_part(world_partition, '.', 1);
      begin
        if current_setting('act.passed', true) = world_partition then
          return;
        end if;
        perform pg_advisory_xact_lock_shared(%s);
        if not exists (select 1 from world_leases
            where name = world_name and node = current_setting('%s', true)) then
          raise exception 'world %% is not owned by this node', world_name using errcode = '%s';
        end if;
        perform set_config('act.passed', world_partition, true);
      end
      $$ language plpgsql;

      create or replace function act_fence() returns trigger as $$
      begin
        if tg_op = 'DELETE' then
          if not exists (select 1 from emptied_partitions where partition_key = old.world) then
            perform act_require_owner(old.world);
          end if;
          return old;
        end if;
        perform act_require_owner(new.world);
        return new;
      end
      $$ language plpgsql;

      create or replace function act_fence_worlds() returns trigger as $$
      begin
        perform act_require_owner(old.name);
        return coalesce(new, old);
      end
      $$ language plpgsql;
      """
          .formatted(lockOf("world_name"), NodeIdentity.SESSION_SETTING, REFUSED);

  private static final String UNFENCED =
      """
      select c.relname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'world' and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
          and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'act_fence')
        order by c.relname
      """;

  private static final String FENCED =
      """
      select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname = 'act_fence' and c.relnamespace = current_schema()::regnamespace
        order by c.relname
      """;

  private WorldFence() {}

  /** Adds the triggers that are missing; tables that have one are not touched. */
  static void install(DataSource source) throws SQLException {
    change(
        source,
        connection -> {
          var unfenced = names(connection, UNFENCED);
          boolean first = !names(connection, FENCED).contains("worlds");
          if (unfenced.isEmpty() && !first) {
            return;
          }
          execute(connection, FUNCTIONS);
          for (var table : unfenced) {
            execute(
                connection,
                "create trigger act_fence before insert or update or delete on %s for each row execute function act_fence()"
                    .formatted(table));
          }
          if (first) {
            execute(
                connection,
                "create trigger act_fence before update or delete on worlds for each row execute"
                    + " function act_fence_worlds()");
          }
        });
  }

  /** Takes the triggers away, for a process that has the database for itself. */
  static void remove(DataSource source) throws SQLException {
    change(
        source,
        connection -> {
          for (var table : names(connection, FENCED)) {
            execute(connection, "drop trigger act_fence on " + table);
          }
        });
  }

  private interface Change {
    void in(Connection connection) throws SQLException;
  }

  private static void change(DataSource source, Change change) throws SQLException {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "select pg_advisory_xact_lock(" + INSTALLATION + ")");
      change.in(connection);
      connection.commit();
    }
  }

  private static List<String> names(Connection connection, String query) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
