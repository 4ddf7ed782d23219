package org.actsandbox.agent.task;

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

/** Stores the tasks of one principal in one world. */
final class Tasks {

  private static final TableDefinition<Task> TABLE =
      new TableDefinition<>(
          "agent_tasks",
          "task_id",
          "document, version",
          (row, _) -> Json.read(row.getString(1), Task.class).withVersion(row.getLong(2)),
          "task");

  private final AgentWorld world;
  private final DocumentStore<Task> rows;

  Tasks(AgentWorld world) {
    this.world = world;
    this.rows = new DocumentStore<>(world, TABLE);
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
        .params(world.partition(), world.principalDid().value(), task.taskId())
        .params(task.conversationId())
        .params(task.authority().intentId())
        .param(delegationId(task))
        .param(column(task.createdAt()))
        .param(dueColumn(task.progress().dueAt()))
        .params(task.state().isFinal(), Json.write(task))
        .update();
    rows.scheduleDue(task.progress().dueAt());
    return task.withVersion(0);
  }

  /**
   * Writes a task that was read and changed.
   *
   * @throws StaleTaskException when another thread wrote it meanwhile
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
      throw new StaleTaskException(task.taskId());
    }
    rows.scheduleDue(task.progress().dueAt());
    return task.withVersion(task.version() + 1);
  }

  /** Makes the task due now, unless it is over. */
  void wake(String taskId, Instant now) {
    world
        .jdbc()
        .sql(
            """
            update agent_tasks set due_at = ? where world = ? and task_id = ? and finished = false
            """)
        .params(column(now), world.partition(), taskId)
        .update();
    world.agenda().wakeAt(now);
  }

  Optional<Task> find(String taskId) {
    return rows.find(taskId);
  }

  Optional<Task> findByIntent(String intentId) {
    return rows.findByIntent(intentId);
  }

  Optional<Task> findByDelegation(String delegationId) {
    return rows.findByDelegation(delegationId);
  }

  /** Finds the task of a conversation that is not over; of several the latest. */
  Optional<Task> findOpen(String conversationId) {
    return rows.findOne(
        "and conversation_id = ? and finished = false order by created_at desc, task_id desc"
            + " limit 1",
        conversationId);
  }

  /** Returns the tasks before a position in the list, newest first. */
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
    var delegatedAuthority = task.authority().delegated();
    return delegatedAuthority == null ? null : delegatedAuthority.delegationId();
  }
}
