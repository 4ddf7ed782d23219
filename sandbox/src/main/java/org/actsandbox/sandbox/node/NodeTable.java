package org.actsandbox.sandbox.node;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.actsandbox.sandbox.database.NodeIdentity;
import org.actsandbox.sandbox.database.WorldFence;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores nodes and leases in PostgreSQL. All times are the database's. It uses the background
 * connections, because requests wait for it that may have all others, and takes them from the pool
 * itself: a beat in each second is no cost of a purchase, and a server that beats is at rest.
 */
@Component
class NodeTable {

  /** Seconds without a beat after which a node counts as gone. */
  static final int GONE_SECONDS = 6;

  /**
   * Milliseconds without a beat after which a node counts as gone if PostgreSQL has no session of
   * it any more, which is so at once when its process ends. It is longer than two beats.
   */
  private static final int ENDED_MS = 2_500;

  /** Milliseconds that a lease waits for transactions of its last owner. */
  private static final int LOCK_TIMEOUT_MS = 3_000;

  private static final int WAITING_WORLDS = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  NodeTable(@Qualifier("backgroundPool") DataSource background) {
    this.jdbc = JdbcClient.create(background);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(background));
  }

  void add(String id, URI address) {
    jdbc.sql(
            "insert into nodes (id, address, started_at, beat_at, draining)"
                + " values (:id, :address, clock_timestamp(), clock_timestamp(), false)")
        .param("id", id)
        .param("address", address.toString())
        .update();
  }

  /** Stores a beat; false if another node has buried this one. */
  boolean beat(String id) {
    return jdbc.sql("update nodes set beat_at = clock_timestamp() where id = :id")
            .param("id", id)
            .update()
        == 1;
  }

  void drain(String id) {
    jdbc.sql("update nodes set draining = true where id = :id").param("id", id).update();
  }

  void remove(String id) {
    jdbc.sql("delete from nodes where id = :id").param("id", id).update();
  }

  /**
   * Deletes the nodes that are gone and ends what is left of their sessions. The sessions of a
   * process that was killed end with it; a process that hangs, or whose machine is cut off, keeps
   * them, and counts as gone later.
   */
  List<String> bury(String own) {
    var gone =
        jdbc.sql(
                "delete from nodes n where id <> :own"
                    + " and (beat_at < clock_timestamp() - make_interval(secs => :gone)"
                    + " or (beat_at < clock_timestamp() - make_interval(secs => :ended)"
                    + " and not exists (select 1 from pg_stat_activity a"
                    + " where a.application_name = :sessions || n.id)))"
                    + " returning id")
            .param("own", own)
            .param("gone", GONE_SECONDS)
            .param("ended", ENDED_MS / 1_000.0)
            .param("sessions", NodeIdentity.sessions(""))
            .query((row, _) -> row.getString(1))
            .list();
    for (var id : gone) {
      jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?")
          .param(NodeIdentity.sessions(id))
          .query(Boolean.class)
          .list();
    }
    return gone;
  }

  /** Lists the nodes, the oldest first. */
  List<Node> nodes() {
    return jdbc.sql(
            "select n.*, extract(epoch from clock_timestamp() - n.beat_at) as silence,"
                + " (select count(*) from world_leases l where l.node = n.id) as leases"
                + " from nodes n order by n.started_at, n.id")
        .query(NodeTable::node)
        .list();
  }

  /** Represents a lease: the node that owns the world, and the number that grew with it. */
  record Lease(Node node, long fence) {}

  Optional<Lease> lease(String world) {
    return jdbc.sql(
            "select n.*, 0 as silence, 0 as leases, l.fence from world_leases l"
                + " join nodes n on n.id = l.node where l.name = :world")
        .param("world", world)
        .query((row, number) -> new Lease(node(row, number), row.getLong("fence")))
        .optional();
  }

  /**
   * Takes the lease if it is free, after all transactions of its last owner have ended.
   *
   * @return the lease that counts; empty if there is no such world, or {@code id} may take none
   */
  Optional<Lease> take(String world, String id) {
    return transactions.execute(
        _ -> {
          lock(world);
          // Locked until the commit: a node that is buried meanwhile takes nothing.
          var alive =
              jdbc.sql("select draining from nodes where id = :id for key share")
                  .param("id", id)
                  .query(Boolean.class)
                  .optional();
          if (alive.isPresent() && !alive.get()) {
            jdbc.sql(
                    "insert into world_leases (name, node, fence, since) select name, :id, 1,"
                        + " clock_timestamp() from worlds where name = :world on conflict (name) do"
                        + " update set node = :id, fence = world_leases.fence + 1, since ="
                        + " clock_timestamp() where not exists (select 1 from nodes n where n.id ="
                        + " world_leases.node)")
                .param("world", world)
                .param("id", id)
                .update();
          }
          return lease(world);
        });
  }

  /** Gives a lease to another node, or frees it for every node. */
  void pass(String world, String from, String to) {
    transactions.executeWithoutResult(
        _ -> {
          lock(world);
          jdbc.sql(
                  "update world_leases set node = :to, fence = fence + 1, since = clock_timestamp()"
                      + " where name = :world and node = :from")
              .param("to", to)
              .param("world", world)
              .param("from", from)
              .update();
          jdbc.sql(
                  "delete from world_leases l where name = :world"
                      + " and not exists (select 1 from worlds w where w.name = l.name)")
              .param("world", world)
              .update();
        });
  }

  boolean hasWorld(String world) {
    return jdbc.sql("select count(*) from worlds where name = :world")
            .param("world", world)
            .query(Integer.class)
            .single()
        == 1;
  }

  /** Lists worlds with work that is due, of this node and of none. */
  List<String> withDueWork(String id) {
    return jdbc.sql(
            "select w.name from worlds w left join world_leases l on l.name = w.name"
                + " left join nodes n on n.id = l.node"
                + " where (n.id is null or n.id = :id)"
                + " and (w.due_known = false or w.next_due <= clock_timestamp())"
                + " order by w.name limit :limit")
        .param("id", id)
        .param("limit", WAITING_WORLDS)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private void lock(String world) {
    jdbc.sql("select set_config('lock_timeout', :timeout, true)")
        .param("timeout", String.valueOf(LOCK_TIMEOUT_MS))
        .query(String.class)
        .single();
    jdbc.sql(
            "select 1 from (select pg_advisory_xact_lock("
                + WorldFence.lockOf("cast(:world as text)")
                + ")) as locked")
        .param("world", world)
        .query(Integer.class)
        .single();
  }

  private static Node node(ResultSet row, int number) throws SQLException {
    return new Node(
        row.getString("id"),
        URI.create(row.getString("address")),
        row.getBoolean("draining"),
        started(row),
        Duration.ofMillis(Math.max(0, Math.round(row.getDouble("silence") * 1_000))),
        row.getInt("leases"));
  }

  private static Instant started(ResultSet row) throws SQLException {
    return row.getObject("started_at", OffsetDateTime.class).toInstant();
  }
}
