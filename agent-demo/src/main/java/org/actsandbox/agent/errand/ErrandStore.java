package org.actsandbox.agent.errand;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores the errands of one kind and one principal, one JSON document a row, and finds them by the
 * identifiers they belong to and by when they are due.
 *
 * <p>The column {@code due_at} says what is due, not the document: {@link #wake} and {@link #claim}
 * write the column alone.
 */
public final class ErrandStore<E extends Errand<E>> {

  private static final int ATTEMPTS = 5;

  private final AgentWorld world;
  private final ErrandKind<E> kind;

  public ErrandStore(AgentWorld world, ErrandKind<E> kind) {
    this.world = world;
    this.kind = kind;
  }

  public ErrandKind<E> kind() {
    return kind;
  }

  public E add(E errand) {
    sql("""
            insert into {table} (world, principal_id, {key}, conversation_id, intent_id,
              delegation_id, created_at, due_at, finished, version, document)
            values (?, ?, ?, ?, ?, cast(? as varchar(40)), ?,
              cast(? as timestamp(3) with time zone), ?, 0, ?)
            """)
        .params(world.partition(), world.principalDid().value(), errand.errandId())
        .params(errand.conversationId(), errand.intentId())
        .param(delegationId(errand))
        .param(column(errand.createdAt()))
        .param(dueColumn(errand.dueAt()))
        .params(errand.isOver(), Json.write(errand))
        .update();
    scheduleDue(errand.dueAt());
    return errand;
  }

  /**
   * Writes an errand that was read and changed.
   *
   * @throws StaleErrandException when another thread wrote it meanwhile
   */
  public E save(E errand) {
    return save(errand, errand.version());
  }

  private E save(E errand, long version) {
    var document = Json.write(errand);
    int saved =
        sql("""
                update {table} set delegation_id = cast(? as varchar(40)),
                  due_at = cast(? as timestamp(3) with time zone), finished = ?,
                  version = version + 1, document = ?
                where world = ? and {key} = ? and version = ?
                """)
            .param(delegationId(errand))
            .param(dueColumn(errand.dueAt()))
            .params(errand.isOver(), document)
            .params(world.partition(), errand.errandId(), version)
            .update();
    if (saved == 0) {
      throw new StaleErrandException(errand.errandId());
    }
    scheduleDue(errand.dueAt());
    return read(document, version + 1);
  }

  /**
   * Changes an errand and writes it, also when another thread wrote it meanwhile.
   *
   * @see #onCurrent
   */
  public E update(E read, UnaryOperator<E> change) {
    return onCurrent(read, current -> save(change.apply(current), current.version()));
  }

  /**
   * Does something that saves the errand; when another thread wrote it meanwhile, it is done again
   * with what that thread wrote.
   *
   * @throws StaleErrandException when others were faster {@value #ATTEMPTS} times
   */
  <R> R onCurrent(E read, Function<E, R> change) {
    var current = read;
    for (int attempt = 1; ; attempt++) {
      try {
        return change.apply(current);
      } catch (StaleErrandException moved) {
        if (attempt == ATTEMPTS) {
          throw moved;
        }
        current = find(read.errandId()).orElseThrow(() -> moved);
      }
    }
  }

  /** Makes the errand due now, unless it is over or a turn acts for it. */
  void wake(String errandId, Instant now) {
    sql("update {table} set due_at = ? where world = ? and {key} = ? and due_at is not null")
        .params(column(now), world.partition(), errandId)
        .update();
    world.agenda().wakeAt(now);
  }

  /**
   * Takes a due errand for one step: of two that race, one gets it. If the step is lost, the errand
   * is due again at the end of the lease.
   */
  boolean claim(String errandId, Instant due, Instant leasedUntil) {
    int claimed =
        sql("update {table} set due_at = ? where world = ? and {key} = ? and due_at <= ?")
            .params(column(leasedUntil), world.partition(), errandId, column(due))
            .update();
    if (claimed > 0) {
      scheduleDue(leasedUntil);
    }
    return claimed > 0;
  }

  public Optional<E> find(String errandId) {
    return select("and {key} = ?", errandId).stream().findFirst();
  }

  Optional<E> findByIntent(String intentId) {
    return select("and intent_id = ?", intentId).stream().findFirst();
  }

  Optional<E> findByDelegation(String delegationId) {
    return select("and delegation_id = ?", delegationId).stream().findFirst();
  }

  /** Finds the errands of a conversation that are not over, the oldest first, at most 100. */
  public List<E> findOpen(String conversationId) {
    return select(
        "and conversation_id = ? and finished = false order by created_at, {key} limit 100",
        conversationId);
  }

  /** Finds errands that are not over and wait for something else than the clock, at most 500. */
  public List<E> findNotDue() {
    return select("and due_at is null and finished = false limit 500");
  }

  /** Returns the errands before a position in the list, newest first. */
  List<E> newest(Instant before, String beforeId, int limit) {
    return select(
        """
        and created_at <= ? and (created_at < ? or {key} < ?)
        order by world desc, principal_id desc, created_at desc, {key} desc limit ?
        """,
        column(before),
        column(before),
        beforeId,
        limit);
  }

  List<DueWork.Waiting> waiting(int limit) {
    return sql("""
            select due_at, {key} from {table} where world = ? and principal_id = ?
              and due_at >= date '0001-01-01' order by due_at, {key} limit ?
            """)
        .params(world.partition(), world.principalDid().value(), limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    kind.name(),
                    row.getString(2)))
        .list();
  }

  /**
   * @param condition the SQL after {@code where world = ? and principal_id = ?}
   */
  private List<E> select(String condition, Object... values) {
    return sql("select document, version from {table} where world = ? and principal_id = ? "
            + condition)
        .params(world.partition(), world.principalDid().value())
        .params(values)
        .query((row, _) -> read(row.getString(1), row.getLong(2)))
        .list();
  }

  /** The version is the column's: documents of older servers have none. */
  private E read(String document, long version) {
    var tree = (ObjectNode) Json.parse(document);
    return Json.read(tree.put("version", version), kind.type());
  }

  private StatementSpec sql(String statement) {
    return world
        .jdbc()
        .sql(statement.replace("{table}", kind.table()).replace("{key}", kind.key()));
  }

  /** Makes the world's clock stop at this moment; null means that nothing is due. */
  private void scheduleDue(@Nullable Instant due) {
    if (due != null) {
      world.agenda().wakeAt(due);
    }
  }

  private static @Nullable String delegationId(Errand<?> errand) {
    var given = errand.givenAuthority();
    return given == null ? null : given.delegationId();
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime dueColumn(@Nullable Instant due) {
    return due == null ? null : column(due);
  }
}
