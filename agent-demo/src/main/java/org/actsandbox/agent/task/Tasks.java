package org.actsandbox.agent.task;

import static org.actsandbox.agent.document.Documents.column;
import static org.actsandbox.agent.document.Documents.dueColumn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.document.Documents;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/** The tasks of one principal in one world. */
final class Tasks {

  private static final Documents.Table<Task> TABLE =
      new Documents.Table<>(
          "agent_tasks",
          "task_id",
          "document, version",
          (row, _) -> Json.read(row.getString(1), Task.class).version(row.getLong(2)),
          "task");

  private final AgentWorld world;
  private final Documents<Task> rows;

  Tasks(AgentWorld world) {
    this.world = world;
    this.rows = new Documents<>(world, TABLE);
  }

  Task add(Task task) {
    world
        .jdbc()
        .sql(
            """
            insert into agent_tasks (world, principal_id, task_id, conversation_id, intent_id,
              delegation_id, created_at, due_at, finished, version, document)
            values (?, ?, ?, ?, ?, cast(? as varchar(40)), ?,
              cast(? as timestamp(3) with time zone), ?, 0, ?)
            """)
        .params(world.partition(), world.behalfOf().value(), task.taskId())
        .params(task.conversationId())
        .params(task.authority().intentId())
        .param(delegationId(task))
        .param(column(task.createdAt()))
        .param(dueColumn(task.progress().dueAt()))
        .params(task.state().isFinal(), Json.write(task))
        .update();
    rows.noteDue(task.progress().dueAt());
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
            .param(dueColumn(task.progress().dueAt()))
            .params(task.state().isFinal(), Json.write(task))
            .params(world.partition(), task.taskId(), task.version())
            .update();
    if (saved == 0) {
      throw new Overtaken(task.taskId());
    }
    rows.noteDue(task.progress().dueAt());
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

  Optional<Task> find(String taskId) {
    return rows.find(taskId);
  }

  Optional<Task> ofIntent(String intentId) {
    return rows.ofIntent(intentId);
  }

  Optional<Task> ofDelegation(String delegationId) {
    return rows.ofDelegation(delegationId);
  }

  /** The task of a conversation that is not over, the latest first. */
  Optional<Task> open(String conversationId) {
    return rows.one(
        "and conversation_id = ? and finished = false order by created_at desc, task_id desc"
            + " limit 1",
        conversationId);
  }

  /** Newest first. */
  List<Task> newest(Instant before, String beforeId, int limit) {
    return rows.newest(before, beforeId, limit);
  }

  List<Task> due(Instant now, int limit) {
    return rows.due(now, limit);
  }

  List<DueWork.Waiting> waiting(int limit) {
    return rows.waiting(limit);
  }

  private static @Nullable String delegationId(Task task) {
    var delegated = task.authority().delegated();
    return delegated == null ? null : delegated.delegationId();
  }
}
