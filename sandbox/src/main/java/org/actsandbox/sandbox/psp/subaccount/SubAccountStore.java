package org.actsandbox.sandbox.psp.subaccount;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the sub-accounts of one world. */
final class SubAccountStore {

  private static final String COLUMNS =
      """
      select sub_account_id, principal_id, agent_id, account_no, currency, label, status, key_jwk, opened_at,
        changed_at, request_digest
      from psp_sub_account
      """;

  private final String world;
  private final JdbcClient jdbc;

  SubAccountStore(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /** Holds an account and the digest of the request that opened it. */
  record Requested(SubAccount account, String digest) {}

  Optional<Requested> byRequest(Did principal, String requestId) {
    return jdbc.sql(COLUMNS + "where world = ? and principal_id = ? and request_id = ?")
        .params(world, principal.value(), requestId)
        .query((row, _) -> new Requested(read(row), row.getString("request_digest")))
        .optional();
  }

  /**
   * @throws org.springframework.dao.DuplicateKeyException when the principal has used the request
   *     id before
   */
  void add(SubAccount opened, @Nullable String requestId, String digest) {
    jdbc.sql(
            """
            insert into psp_sub_account (world, sub_account_id, principal_id, agent_id, account_no,
              currency, label, status, opened_at, changed_at, request_id, request_digest)
            values (:world, :id, :principal, :agent, :account, :currency, :label, :status, :opened,
              :changed, :request, :digest)
            """)
        .param("world", world)
        .param("id", opened.id())
        .param("principal", opened.principal().value())
        .param("agent", opened.agent().value())
        .param("account", opened.account())
        .param("currency", opened.currency().getCurrencyCode())
        .param("label", opened.label())
        .param("status", opened.status().name())
        .param("opened", utc(opened.openedAt()))
        .param("changed", utc(opened.changedAt()))
        .param("request", requestId)
        .param("digest", digest)
        .update();
  }

  Optional<SubAccount> find(String id) {
    return one("", id);
  }

  Optional<SubAccount> lock(String id) {
    return one(" for update", id);
  }

  private Optional<SubAccount> one(String lock, String id) {
    return jdbc.sql(COLUMNS + "where world = ? and sub_account_id = ?" + lock)
        .params(world, id)
        .query((row, _) -> read(row))
        .optional();
  }

  /**
   * Lists sub-accounts, newest first; at least one of the two filters is given.
   *
   * @param principal null for those of an agent from all principals
   * @param agent null for all sub-accounts of a principal
   */
  List<SubAccount> newest(@Nullable Did principal, @Nullable Did agent, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + "where world = :world"
                + (principal == null ? "" : " and principal_id = :principal")
                + (agent == null ? "" : " and agent_id = :agent")
                + """
                   and opened_at <= :at and (opened_at < :at or sub_account_id < :id)
                  order by world,
                  """
                + (agent != null ? " agent_id," : " principal_id,")
                + " opened_at desc, sub_account_id desc limit :limit")
        .param("world", world)
        .param("principal", principal == null ? null : principal.value())
        .param("agent", agent == null ? null : agent.value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  List<String> activeOf(Did agent) {
    return jdbc.sql(
            """
            select sub_account_id from psp_sub_account
            where world = ? and agent_id = ? and status = 'ACTIVE'
            order by world, agent_id, opened_at desc, sub_account_id desc
            """)
        .params(world, agent.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Returns false when a key is bound already. */
  boolean bind(String id, String jwk, Instant at) {
    return jdbc.sql(
                """
                update psp_sub_account set key_jwk = ?, changed_at = ?
                where world = ? and sub_account_id = ? and key_jwk is null
                """)
            .params(jwk, utc(at), world, id)
            .update()
        == 1;
  }

  void move(String id, SubAccount.Status status, Instant at) {
    jdbc.sql(
            """
            update psp_sub_account set status = ?, changed_at = ?
            where world = ? and sub_account_id = ?
            """)
        .params(status.name(), utc(at), world, id)
        .update();
  }

  private static SubAccount read(ResultSet row) throws SQLException {
    return new SubAccount(
        row.getString("sub_account_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        row.getString("account_no"),
        Currency.getInstance(row.getString("currency")),
        row.getString("label"),
        SubAccount.Status.valueOf(row.getString("status")),
        row.getString("key_jwk"),
        TimeColumns.instant(row, "opened_at"),
        TimeColumns.instant(row, "changed_at"));
  }
}
