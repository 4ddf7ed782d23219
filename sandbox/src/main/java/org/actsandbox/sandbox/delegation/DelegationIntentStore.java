package org.actsandbox.sandbox.delegation;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.delegation.DelegationIntent.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the delegation intents of one world. */
final class DelegationIntentStore {

  private static final String COLUMNS =
      """
      select intent_id, delegation_id, principal_id, agent_id, status, isr, isr_digest, created_at, expires_at,
        decided_at, context_check
      from delegation_intent
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;

  DelegationIntentStore(DelegationWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.dueTable =
        DueTable.ofWorld(
            jdbc,
            this.world,
            "delegation_intent",
            "due_at",
            "intent_id",
            "delegation confirmation");
  }

  /** Returns false when the id is taken. */
  boolean add(DelegationIntent delegationIntent) {
    return jdbc.sql(
                """
                insert into delegation_intent (world, intent_id, delegation_id, principal_id,
                  agent_id, status, isr, isr_digest, created_at, expires_at, due_at,
                  context_check)
                values (:world, :id, :delegation, :principal, :agent, :status, :isr, :digest,
                  :created, :expires, :expires, :context) on conflict do nothing
                """)
            .param("world", world)
            .param("id", delegationIntent.intentId())
            .param("delegation", delegationIntent.delegationId())
            .param("principal", delegationIntent.principal().value())
            .param("agent", delegationIntent.agent().value())
            .param("status", delegationIntent.status().name())
            .param("isr", Json.write(delegationIntent.raw()))
            .param("digest", delegationIntent.isrDigest())
            .param("created", utc(delegationIntent.createdAt()))
            .param("expires", utc(delegationIntent.expiresAt()))
            .param("context", check(delegationIntent))
            .update()
        == 1;
  }

  Optional<DelegationIntent> find(String intentId) {
    return one("", intentId);
  }

  /** Finds and locks an intent until the transaction ends. */
  Optional<DelegationIntent> lock(String intentId) {
    return one(" for update", intentId);
  }

  private Optional<DelegationIntent> one(String lock, String intentId) {
    return jdbc.sql(COLUMNS + "where world = ? and intent_id = ?" + lock)
        .params(world, intentId)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Lists an owner's intents, newest first. */
  List<DelegationIntent> newest(OwnerFilter ownerFilter, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + "where world = :world and "
                + ownerFilter.column()
                + " = :whose"
                + """
                   and created_at <= :at and (created_at < :at or intent_id < :id)
                  order by world,
                  """
                + ownerFilter.column()
                + ", created_at desc, intent_id desc limit :limit")
        .param("world", world)
        .param("whose", ownerFilter.did().value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  /** Lists the intents that a principal may still decide about, the first to lapse first. */
  List<DelegationIntent> undecided(Did principal, int limit) {
    return jdbc.sql(
            COLUMNS
                + "where world = ? and due_at >= date '0001-01-01' and principal_id = ?"
                + " order by world, due_at limit ?")
        .params(world, principal.value(), limit)
        .query((row, _) -> read(row))
        .list();
  }

  /** Stores the changed intent; the caller holds the lock. */
  void update(DelegationIntent delegationIntent) {
    boolean open = !delegationIntent.status().isFinal();
    jdbc.sql(
            """
            update delegation_intent set status = :status, isr = :isr, isr_digest = :digest,
              decided_at = :decided, due_at = :due, context_check = :context
            where world = :world and intent_id = :id
            """)
        .param("status", delegationIntent.status().name())
        .param("isr", Json.write(delegationIntent.raw()))
        .param("digest", delegationIntent.isrDigest())
        .param(
            "decided",
            delegationIntent.decidedAt() == null ? null : utc(delegationIntent.decidedAt()))
        .param("context", check(delegationIntent))
        .param("due", open ? utc(delegationIntent.expiresAt()) : null)
        .param("world", world)
        .param("id", delegationIntent.intentId())
        .update();
  }

  /** Returns the undecided intents, which wait until they lapse. */
  DueTable dueTable() {
    return dueTable;
  }

  private static DelegationIntent read(ResultSet row) throws SQLException {
    var check = row.getString("context_check");
    return new DelegationIntent(
        row.getString("intent_id"),
        row.getString("delegation_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        Status.valueOf(row.getString("status")),
        Json.parse(row.getString("isr")),
        row.getString("isr_digest"),
        TimeColumns.instant(row, "created_at"),
        TimeColumns.instant(row, "expires_at"),
        TimeColumns.nullableInstant(row, "decided_at"),
        check == null ? null : ContextDigestCheck.Outcome.valueOf(check));
  }

  private static @Nullable String check(DelegationIntent delegationIntent) {
    return delegationIntent.contextCheck() == null ? null : delegationIntent.contextCheck().name();
  }
}
