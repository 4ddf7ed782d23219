package org.actsandbox.sandbox.credit.verifier;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.SignedOrders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the records of verifications of one world; a stored answer never changes (ACT CRD-8). */
final class VerificationStore {

  private final String world;
  private final JdbcClient jdbc;

  VerificationStore(CreditWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /** Represents an earlier request with the same id, and its answer if there is one by now. */
  record Before(String digest, String replayKey, @Nullable String response) {}

  /** Represents a record that is over, with its answer. */
  record Ended(@Nullable String authorizationId, String purpose, String response) {}

  Optional<Ended> ended(Did relyingParty, String requestId) {
    return jdbc.sql(
            "select authorization_id, purpose, response from credit_verification"
                + " where world = ? and relying_party = ? and request_id = ?"
                + " and response is not null")
        .params(world, relyingParty.value(), requestId)
        .query((row, _) -> new Ended(row.getString(1), row.getString(2), row.getString(3)))
        .optional();
  }

  /** Represents a record for a list, without the answer. */
  record Row(
      String recordId,
      String relyingParty,
      String requestId,
      String agentId,
      @Nullable String credentialId,
      @Nullable String authorizationId,
      String purpose,
      Instant madeAt,
      @Nullable String result,
      @Nullable String reason) {}

  /** Adds the row of a request; false if its id or its element against replay came before. */
  boolean begin(CreditVerificationRequest request, String recordId, String digest, Instant now) {
    return jdbc.sql(
                """
                insert into credit_verification (world, relying_party, request_id, record_id,
                  replay_key, digest, agent_id, authorization_id, purpose, made_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .param(world)
            .param(request.relyingPartyId())
            .param(request.requestId())
            .param(recordId)
            .param(SignedOrders.key(request.antiReplay()))
            .param(digest)
            .param(request.agentId())
            .param(request.authorizationId())
            .param(request.purpose())
            .param(utc(now))
            .update()
        == 1;
  }

  /** Notes the authorization that the subject gave while the request waited. */
  void permit(CreditVerificationRequest request, String authorizationId) {
    jdbc.sql(
            "update credit_verification set authorization_id = ?"
                + " where world = ? and relying_party = ? and request_id = ?")
        .params(authorizationId, world, request.relyingPartyId(), request.requestId())
        .update();
  }

  Optional<Before> before(CreditVerificationRequest request) {
    return jdbc.sql(
            "select digest, replay_key, response from credit_verification"
                + " where world = ? and relying_party = ? and request_id = ?")
        .params(world, request.relyingPartyId(), request.requestId())
        .query((row, _) -> new Before(row.getString(1), row.getString(2), row.getString(3)))
        .optional();
  }

  /** Tells whether the id of a request or its element against replay came before. */
  boolean isKnown(CreditVerificationRequest request) {
    return !jdbc.sql(
            "select 1 from credit_verification"
                + " where world = ? and relying_party = ? and request_id = ?"
                + " union all select 1 from credit_verification"
                + " where world = ? and relying_party = ? and replay_key = ?")
        .params(
            world,
            request.relyingPartyId(),
            request.requestId(),
            world,
            request.relyingPartyId(),
            SignedOrders.key(request.antiReplay()))
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  /** Stores the answer of a request that has a row. */
  void end(CreditVerificationRequest request, VerificationAnswers.Signed answer) {
    var credential = answer.credential();
    jdbc.sql(
            """
            update credit_verification set principal_id = ?, credential_id = ?, result = ?,
              reason = ?, response = ?
            where world = ? and relying_party = ? and request_id = ?
            """)
        .param(credential == null ? null : credential.subjectId())
        .param(credential == null ? null : credential.credentialId())
        .param(answer.response().result().name())
        .param(answer.response().reasonCode().name())
        .param(Json.write(answer.json()))
        .param(world)
        .param(request.relyingPartyId())
        .param(request.requestId())
        .update();
  }

  /** Lists the records of a subject or of a relying party, newest first. */
  List<Row> of(boolean relyingParty, Did whose, PageCursor from) {
    var column = relyingParty ? "relying_party" : "principal_id";
    return jdbc.sql(
            "select record_id, relying_party, request_id, agent_id, credential_id,"
                + " authorization_id, purpose, made_at, result, reason from credit_verification"
                + " where world = :world and "
                + column
                + " = :whose and made_at <= :at and (made_at < :at or record_id < :id)"
                + " order by world, "
                + column
                + ", made_at desc, record_id desc limit :limit")
        .param("world", world)
        .param("whose", whose.value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        TimeColumns.instant(row, 8),
        row.getString(9),
        row.getString(10));
  }
}
