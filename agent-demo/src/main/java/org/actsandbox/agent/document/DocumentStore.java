package org.actsandbox.agent.document;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Stores one principal's JSON documents in one table and finds them by the identifiers they belong
 * to.
 *
 * @param <T> the type that a document is read as
 */
public final class DocumentStore<T> {

  private final AgentWorld world;
  private final DocumentStore.TableDefinition<T> tableDefinition;

  public DocumentStore(AgentWorld world, DocumentStore.TableDefinition<T> tableDefinition) {
    this.world = world;
    this.tableDefinition = tableDefinition;
  }

  /**
   * Describes one table of documents.
   *
   * @param name a table with the columns {@code world}, {@code principal_id}, {@code intent_id},
   *     {@code delegation_id}, {@code created_at} and {@code due_at}
   * @param keyColumn the column that is its key in a world
   * @param columns the columns that {@code reader} reads
   * @param workName the name of a document where due work is listed
   */
  public record TableDefinition<T>(
      String name, String keyColumn, String columns, RowMapper<T> reader, String workName) {}

  public Optional<T> find(String id) {
    return findOne("and " + tableDefinition.keyColumn() + " = ?", id);
  }

  public Optional<T> findByIntent(String intentId) {
    return findOne("and intent_id = ?", intentId);
  }

  public Optional<T> findByDelegation(String delegationId) {
    return findOne("and delegation_id = ?", delegationId);
  }

  /** Returns the documents before a position in the list, newest first. */
  public List<T> newest(Instant before, String beforeId, int limit) {
    return findAll(
        "and created_at <= ? and (created_at < ? or "
            + tableDefinition.keyColumn()
            + " < ?)"
            + " order by world desc, principal_id desc, created_at desc, "
            + tableDefinition.keyColumn()
            + " desc limit ?",
        column(before),
        column(before),
        beforeId,
        limit);
  }

  public List<T> due(Instant now, int limit) {
    return findAll(
        "and due_at >= date '0001-01-01' and due_at <= ? order by due_at, "
            + tableDefinition.keyColumn()
            + " limit ?",
        column(now),
        limit);
  }

  public List<DueWork.Waiting> waiting(int limit) {
    return select(
            "due_at, " + tableDefinition.keyColumn(),
            "and due_at >= date '0001-01-01' order by due_at, "
                + tableDefinition.keyColumn()
                + " limit ?",
            limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    tableDefinition.workName(),
                    row.getString(2)))
        .list();
  }

  /**
   * @param condition the SQL after {@code where world = ? and principal_id = ?}; it fits at most
   *     one row
   */
  public Optional<T> findOne(String condition, Object... values) {
    return select(tableDefinition.columns(), condition, values)
        .query(tableDefinition.reader())
        .optional();
  }

  /**
   * @param condition the SQL after {@code where world = ? and principal_id = ?}
   */
  public List<T> findAll(String condition, Object... values) {
    return select(tableDefinition.columns(), condition, values)
        .query(tableDefinition.reader())
        .list();
  }

  private StatementSpec select(String columns, String condition, Object... values) {
    return world
        .jdbc()
        .sql(
            "select "
                + columns
                + " from "
                + tableDefinition.name()
                + " where world = ? and principal_id = ? "
                + condition)
        .params(world.partition(), world.principalDid().value())
        .params(values);
  }

  /** Makes the world's clock stop at this moment; null means that nothing is due. */
  public void scheduleDue(@Nullable Instant due) {
    if (due != null) {
      world.agenda().wakeAt(due);
    }
  }

  public static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable OffsetDateTime dueColumn(@Nullable Instant due) {
    return due == null ? null : column(due);
  }
}
