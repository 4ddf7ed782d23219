package org.actsandbox.agent.task;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/** The tasks of one world. */
final class Tasks {

  private static final String SELECT = "select document, version from agent_tasks where world = ? ";

  private final AgentWorld world;

  Tasks(AgentWorld world) {
    this.world = world;
  }

  Task add(Task task) {
    world
        .jdbc()
        .sql(
            """
            insert into agent_tasks (world, task_id, conversation_id, intent_id, delegation_id,
              created_at, due_at, finished, version, document)
            values (?, ?, ?, ?, cast(? as varchar(40)), ?,
              cast(? as timestamp(3) with time zone), ?, 0, ?)
            """)
        .params(world.partition(), task.taskId(), task.conversationId())
        .params(task.authority().intentId())
        .param(delegationId(task))
        .param(column(task.createdAt()))
        .param(due(task))
        .params(task.state().isFinal(), Json.write(task))
        .update();
    noteDue(task);
    return task.version(0);
  }

  /**
   * Writes what was read and changed.
   *
   * @throws Overtaken when somebody else wrote it meanwhile
   */
  Task save(Task task) {
    int saved =
        world
            .jdbc()
            .sql(
                """
                update agent_tasks set delegation_id = cast(? as varchar(40)),
                  due_at = cast(? as timestamp(3) with time zone), finished = ?,
                  version = version + 1, document = ?
                where world = ? and task_id = ? and version = ?
                """)
            .param(delegationId(task))
            .param(due(task))
            .params(task.state().isFinal(), Json.write(task))
            .params(world.partition(), task.taskId(), task.version())
            .update();
    if (saved == 0) {
      throw new Overtaken(task.taskId());
    }
    noteDue(task);
    return task.version(task.version() + 1);
  }

  /** It is looked at now, unless it is over. */
  void wake(String taskId, Instant now) {
    world
        .jdbc()
        .sql(
            """
            update agent_tasks set due_at = ? where world = ? and task_id = ? and finished = false
            """)
        .params(column(now), world.partition(), taskId)
        .update();
    world.agenda().note(now);
  }

  private void noteDue(Task task) {
    var due = task.progress().dueAt();
    if (due != null) {
      world.agenda().note(due);
    }
  }

  Optional<Task> find(String taskId) {
    return one("and task_id = ?", taskId);
  }

  Optional<Task> ofIntent(String intentId) {
    return one("and intent_id = ?", intentId);
  }

  Optional<Task> ofDelegation(String delegationId) {
    return one("and delegation_id = ?", delegationId);
  }

  /** The task of a conversation that is not over, the latest first. */
  Optional<Task> open(String conversationId) {
    return one(
        "and conversation_id = ? and finished = false order by created_at desc, task_id desc"
            + " limit 1",
        conversationId);
  }

  private Optional<Task> one(String condition, String value) {
    return world
        .jdbc()
        .sql(SELECT + condition)
        .params(world.partition(), value)
        .query((row, _) -> Json.read(row.getString(1), Task.class).version(row.getLong(2)))
        .optional();
  }

  /** Newest first. */
  List<Task> newest(Instant before, String beforeId, int limit) {
    return world
        .jdbc()
        .sql(
            SELECT
                + "and created_at <= ? and (created_at < ? or task_id < ?)"
                + " order by world desc, created_at desc, task_id desc limit ?")
        .params(world.partition(), column(before), column(before), beforeId, limit)
        .query((row, _) -> Json.read(row.getString(1), Task.class).version(row.getLong(2)))
        .list();
  }

  List<Task> due(Instant now, int limit) {
    return world
        .jdbc()
        .sql(
            SELECT
                + "and due_at >= date '0001-01-01' and due_at <= ? order by due_at, task_id limit ?")
        .params(world.partition(), column(now), limit)
        .query((row, _) -> Json.read(row.getString(1), Task.class).version(row.getLong(2)))
        .list();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return world
        .jdbc()
        .sql(
            """
            select due_at, task_id from agent_tasks
            where world = ? and due_at >= date '0001-01-01' order by due_at, task_id limit ?
            """)
        .params(world.partition(), limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(), "task", row.getString(2)))
        .list();
  }

  private static @Nullable String delegationId(Task task) {
    var delegated = task.authority().delegated();
    return delegated == null ? null : delegated.delegationId();
  }

  private static @Nullable OffsetDateTime due(Task task) {
    var at = task.progress().dueAt();
    return at == null ? null : column(at);
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
