package org.actsandbox.sandbox.credit.verifier;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditQueryAuthorization.State;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Stores query authorizations of one world with the counters of their windows. */
final class QueryAuthorizationStore {

  private static final String COLUMNS =
      """
      select authorization_id, principal_id, state, window_no, window_used, created_at,
        valid_until, query_authorization
      from credit_authorization
      """;

  private final String world;
  private final JdbcClient jdbc;

  QueryAuthorizationStore(CreditWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /**
   * Represents an authorization as it was signed, with its state and its counter.
   *
   * @param windowNo the window that {@code windowUsed} counts in
   */
  record Row(
      String authorizationId,
      Did principal,
      State state,
      long windowNo,
      int windowUsed,
      Instant createdAt,
      Instant validUntil,
      String json) {

    CreditQueryAuthorization content() {
      return Json.read(json, CreditQueryAuthorization.class);
    }

    State at(Instant now) {
      return state == State.ACTIVE && !now.isBefore(validUntil) ? State.EXPIRED : state;
    }

    /** Returns the signed authorization with its current state, which no signature covers. */
    ObjectNode at(Instant now, ObjectNode signed) {
      return signed.put("status", at(now).name());
    }
  }

  /** Adds an authorization; false if the id is taken. */
  boolean add(Row row) {
    return jdbc.sql(
                """
                insert into credit_authorization (world, authorization_id, principal_id, state,
                  window_no, window_used, created_at, valid_until, query_authorization)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world,
                row.authorizationId(),
                row.principal().value(),
                row.state().name(),
                row.windowNo(),
                row.windowUsed(),
                utc(row.createdAt()),
                utc(row.validUntil()),
                row.json())
            .update()
        == 1;
  }

  Optional<Row> find(String id) {
    return find(id, "");
  }

  Optional<Row> lock(String id) {
    return find(id, " for update");
  }

  private Optional<Row> find(String id, String lock) {
    return jdbc.sql(COLUMNS + "where world = ? and authorization_id = ?" + lock)
        .params(world, id)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Lists a principal's authorizations, newest first. */
  List<Row> of(Did principal, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + """
                where world = :world and principal_id = :principal
                  and created_at <= :at and (created_at < :at or authorization_id < :id)
                order by world, principal_id, created_at desc, authorization_id desc limit :limit
                """)
        .param("world", world)
        .param("principal", principal.value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  /** Stores the counter; the caller holds the lock. */
  void count(String id, long windowNo, int used) {
    jdbc.sql(
            "update credit_authorization set window_no = ?, window_used = ?"
                + " where world = ? and authorization_id = ?")
        .params(windowNo, used, world, id)
        .update();
  }

  void revoke(String id) {
    jdbc.sql("update credit_authorization set state = ? where world = ? and authorization_id = ?")
        .params(State.REVOKED.name(), world, id)
        .update();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        new Did(row.getString(2)),
        State.valueOf(row.getString(3)),
        row.getLong(4),
        row.getInt(5),
        TimeColumns.instant(row, 6),
        TimeColumns.instant(row, 7),
        row.getString(8));
  }
}
