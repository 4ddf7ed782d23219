package org.actsandbox.agent.watch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/** The watches of one world. */
final class Watches {

  private static final String SELECT = "select document from agent_watches where world = ? ";

  private final AgentWorld world;

  Watches(AgentWorld world) {
    this.world = world;
  }

  void add(Watch watch) {
    world
        .jdbc()
        .sql(
            """
            insert into agent_watches (world, watch_id, conversation_id, intent_id, delegation_id,
              state, created_at, due_at, document)
            values (?, ?, ?, ?, cast(? as varchar(40)), ?, ?,
              cast(? as timestamp(3) with time zone), ?)
            """)
        .params(world.partition(), watch.watchId(), watch.conversationId(), watch.intentId())
        .param(delegationId(watch))
        .params(watch.state().name(), column(watch.createdAt()))
        .param(due(watch))
        .param(Json.write(watch))
        .update();
    noteDue(watch);
  }

  /**
   * Moves it from where it was read.
   *
   * @throws Overtaken when somebody else moved it meanwhile
   */
  Watch move(Watch watch, WatchState next, Watch.Progress progress) {
    return save(watch.state(), watch.move(next, progress));
  }

  /** Likewise. */
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
            .param(due(watch))
            .params(Json.write(watch), world.partition(), watch.watchId(), from.name())
            .update();
    if (saved == 0) {
      throw new Overtaken(watch.watchId(), from);
    }
    noteDue(watch);
    return watch;
  }

  /** It is looked at now, unless it is buying or over. */
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
    world.agenda().note(now);
  }

  private void noteDue(Watch watch) {
    var due = watch.progress().dueAt();
    if (due != null) {
      world.agenda().note(due);
    }
  }

  Optional<Watch> find(String watchId) {
    return one("and watch_id = ?", watchId);
  }

  Optional<Watch> ofIntent(String intentId) {
    return one("and intent_id = ?", intentId);
  }

  Optional<Watch> ofDelegation(String delegationId) {
    return one("and delegation_id = ?", delegationId);
  }

  /** Those of a conversation that are not over; bounded. */
  List<Watch> open(String conversationId) {
    return world
        .jdbc()
        .sql(
            SELECT
                + "and conversation_id = ? and state not in ('DONE', 'ENDED')"
                + " order by created_at, watch_id limit 100")
        .params(world.partition(), conversationId)
        .query((row, _) -> Json.read(row.getString(1), Watch.class))
        .list();
  }

  /** Those that a stop of the process may have left buying; bounded. */
  List<Watch> buying() {
    return world
        .jdbc()
        .sql(SELECT + "and due_at is null and state = 'BUYING' limit 500")
        .params(world.partition())
        .query((row, _) -> Json.read(row.getString(1), Watch.class))
        .list();
  }

  /** Newest first. */
  List<Watch> newest(Instant before, String beforeId, int limit) {
    return world
        .jdbc()
        .sql(
            SELECT
                + "and created_at <= ? and (created_at < ? or watch_id < ?)"
                + " order by world desc, created_at desc, watch_id desc limit ?")
        .params(world.partition(), column(before), column(before), beforeId, limit)
        .query((row, _) -> Json.read(row.getString(1), Watch.class))
        .list();
  }

  private Optional<Watch> one(String condition, String value) {
    return world
        .jdbc()
        .sql(SELECT + condition)
        .params(world.partition(), value)
        .query((row, _) -> Json.read(row.getString(1), Watch.class))
        .optional();
  }

  List<Watch> due(Instant now, int limit) {
    return world
        .jdbc()
        .sql(
            SELECT
                + "and due_at >= date '0001-01-01' and due_at <= ? order by due_at, watch_id limit ?")
        .params(world.partition(), column(now), limit)
        .query((row, _) -> Json.read(row.getString(1), Watch.class))
        .list();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return world
        .jdbc()
        .sql(
            """
            select due_at, watch_id from agent_watches
            where world = ? and due_at >= date '0001-01-01' order by due_at, watch_id limit ?
            """)
        .params(world.partition(), limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(), "watch", row.getString(2)))
        .list();
  }

  private static @Nullable String delegationId(Watch watch) {
    return watch.delegated() == null ? null : watch.delegated().delegationId();
  }

  private static @Nullable OffsetDateTime due(Watch watch) {
    var at = watch.progress().dueAt();
    return at == null ? null : column(at);
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
