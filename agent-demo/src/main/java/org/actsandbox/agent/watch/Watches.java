package org.actsandbox.agent.watch;

import static org.actsandbox.agent.document.DocumentStore.column;
import static org.actsandbox.agent.document.DocumentStore.dueColumn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.document.DocumentStore;
import org.actsandbox.agent.document.DocumentStore.TableDefinition;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/** Stores the watches of one principal in one world. */
final class Watches {

  private static final TableDefinition<Watch> TABLE =
      new TableDefinition<>(
          "agent_watches",
          "watch_id",
          "document",
          (row, _) -> Json.read(row.getString(1), Watch.class),
          "watch");

  private final AgentWorld world;
  private final DocumentStore<Watch> rows;

  Watches(AgentWorld world) {
    this.world = world;
    this.rows = new DocumentStore<>(world, TABLE);
  }

  void add(Watch watch) {
    world
        .jdbc()
        .sql(
            """
            insert into agent_watches (world, principal_id, watch_id, conversation_id, intent_id,
              delegation_id, state, created_at, due_at, document)
            values (?, ?, ?, ?, ?, cast(? as varchar(40)), ?, ?,
              cast(? as timestamp(3) with time zone), ?)
            """)
        .params(world.partition(), world.principalDid().value(), watch.watchId())
        .params(watch.conversationId(), watch.intentId())
        .param(delegationId(watch))
        .params(watch.state().name(), column(watch.createdAt()))
        .param(dueColumn(watch.progress().dueAt()))
        .param(Json.write(watch))
        .update();
    rows.scheduleDue(watch.progress().dueAt());
  }

  /**
   * Moves the watch from the state in which it was read.
   *
   * @throws StaleWatchException when another thread moved it meanwhile
   */
  Watch move(Watch watch, WatchState next, Watch.Progress progress) {
    return save(watch.state(), watch.move(next, progress));
  }

  /**
   * Writes the watch if it is still in the state {@code from}.
   *
   * @throws StaleWatchException when another thread moved it meanwhile
   */
  Watch save(WatchState from, Watch watch) {
    int saved =
        world
            .jdbc()
            .sql(
                """
                update agent_watches set delegation_id = cast(? as varchar(40)), state = ?,
                  due_at = cast(? as timestamp(3) with time zone), document = ?
                where world = ? and watch_id = ? and state = ?
                """)
            .param(delegationId(watch))
            .param(watch.state().name())
            .param(dueColumn(watch.progress().dueAt()))
            .params(Json.write(watch), world.partition(), watch.watchId(), from.name())
            .update();
    if (saved == 0) {
      throw new StaleWatchException(watch.watchId(), from);
    }
    rows.scheduleDue(watch.progress().dueAt());
    return watch;
  }

  /** Makes the watch due now, unless it is buying or over. */
  void wake(String watchId, Instant now) {
    world
        .jdbc()
        .sql(
            """
            update agent_watches set due_at = ?
            where world = ? and watch_id = ? and state in ('ASKED', 'WATCHING', 'PAUSED')
            """)
        .params(column(now), world.partition(), watchId)
        .update();
    world.agenda().wakeAt(now);
  }

  Optional<Watch> find(String watchId) {
    return rows.find(watchId);
  }

  Optional<Watch> findByIntent(String intentId) {
    return rows.findByIntent(intentId);
  }

  Optional<Watch> findByDelegation(String delegationId) {
    return rows.findByDelegation(delegationId);
  }

  /** Finds the watches of a conversation that are not over, at most 100. */
  List<Watch> findOpen(String conversationId) {
    return rows.findAll(
        "and conversation_id = ? and state not in ('DONE', 'ENDED')"
            + " order by created_at, watch_id limit 100",
        conversationId);
  }

  /** Finds watches that a stop of the process may have left buying, at most 500. */
  List<Watch> findBuying() {
    return rows.findAll("and due_at is null and state = 'BUYING' limit 500");
  }

  /** Returns the watches before a position in the list, newest first. */
  List<Watch> newest(Instant before, String beforeId, int limit) {
    return rows.newest(before, beforeId, limit);
  }

  List<Watch> due(Instant now, int limit) {
    return rows.due(now, limit);
  }

  List<DueWork.Waiting> waiting(int limit) {
    return rows.waiting(limit);
  }

  private static @Nullable String delegationId(Watch watch) {
    return watch.delegated() == null ? null : watch.delegated().delegationId();
  }
}
