package org.actsandbox.sandbox.psp.instrument;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.PspWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the requested bindings of one world. */
final class BindingStore {

  private static final String COLUMNS =
      """
      select binding_id, principal_id, request_id, wish_digest, content, content_digest, card, status,
        instrument_ref, asked_at, expires_at
      from psp_binding
      """;

  private final String world;
  private final JdbcClient jdbc;

  BindingStore(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /** Returns false when the principal has used the request id before. */
  boolean add(BindingDraft draft) {
    return jdbc.sql(
                """
                insert into psp_binding (world, binding_id, principal_id, request_id, wish_digest,
                  content, content_digest, card, status, asked_at, expires_at)
                values (:world, :id, :principal, :request, :wish, :content, :digest, :card, :status,
                  :asked, :expires) on conflict do nothing
                """)
            .param("world", world)
            .param("id", draft.id())
            .param("principal", draft.principal().value())
            .param("request", draft.requestId())
            .param("wish", draft.requestDigest())
            .param("content", Json.write(draft.content()))
            .param("digest", draft.contentDigest())
            .param("card", draft.card() == null ? null : draft.card().name())
            .param("status", draft.status().name())
            .param("asked", utc(draft.askedAt()))
            .param("expires", utc(draft.expiresAt()))
            .update()
        == 1;
  }

  Optional<BindingDraft> find(String id) {
    return one("where world = ? and binding_id = ?", id);
  }

  /** Finds and locks a binding until the transaction ends. */
  Optional<BindingDraft> lock(String id) {
    return one("where world = ? and binding_id = ? for update", id);
  }

  Optional<BindingDraft> byRequest(Did principal, String requestId) {
    return jdbc.sql(COLUMNS + "where world = ? and principal_id = ? and request_id = ?")
        .params(world, principal.value(), requestId)
        .query((row, _) -> read(row))
        .optional();
  }

  void decide(BindingDraft decided) {
    jdbc.sql(
            """
            update psp_binding set status = :status, instrument_ref = :ref
            where world = :world and binding_id = :id
            """)
        .param("status", decided.status().name())
        .param("ref", decided.instrumentRef())
        .param("world", world)
        .param("id", decided.id())
        .update();
  }

  private Optional<BindingDraft> one(String where, String id) {
    return jdbc.sql(COLUMNS + where).params(world, id).query((row, _) -> read(row)).optional();
  }

  private static BindingDraft read(ResultSet row) throws SQLException {
    var card = row.getString("card");
    return new BindingDraft(
        row.getString("binding_id"),
        new Did(row.getString("principal_id")),
        row.getString("request_id"),
        row.getString("wish_digest"),
        Json.read(row.getString("content"), BindingDraft.Content.class),
        row.getString("content_digest"),
        card == null ? null : TestCard.valueOf(card),
        BindingDraft.Status.valueOf(row.getString("status")),
        row.getString("instrument_ref"),
        TimeColumns.instant(row, "asked_at"),
        TimeColumns.instant(row, "expires_at"));
  }
}
