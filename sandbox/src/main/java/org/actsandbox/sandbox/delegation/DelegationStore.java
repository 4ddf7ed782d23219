package org.actsandbox.sandbox.delegation;

import static org.actsandbox.sandbox.psp.PspWorld.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.PageCursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The credentials of one world. */
final class DelegationStore {

  /** Rows of a list by state that one request looks at. */
  static final int LOOK = 1000;

  private static final String COLUMNS =
      """
      select delegation_id, intent_id, principal_id, agent_id, mode, state, list_no, list_place, issued_at,
        changed_at, changed_by, reason, valid_until, credential, approval
      from delegation
      """;

  private final String world;
  private final JdbcClient jdbc;

  DelegationStore(DelegationWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /** Takes so many entries of the status lists; the first of them. */
  int reserve(int places) {
    jdbc.sql(
            "insert into delegation_place (world, next_place) values (?, 0) on conflict do nothing")
        .param(world)
        .update();
    int first =
        jdbc.sql("select next_place from delegation_place where world = ? for update")
            .param(world)
            .query(Integer.class)
            .single();
    jdbc.sql("update delegation_place set next_place = ? where world = ?")
        .params(first + places, world)
        .update();
    return first;
  }

  void add(Delegation issued) {
    jdbc.sql(
            """
            insert into delegation (world, delegation_id, intent_id, principal_id, agent_id, mode,
              state, list_no, list_place, issued_at, changed_at, changed_by, valid_until,
              credential, approval, due_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            world,
            issued.delegationId(),
            issued.intentId(),
            issued.principal().value(),
            issued.agent().value(),
            issued.mode().name(),
            issued.now().state().name(),
            issued.place().list(),
            issued.place().index(),
            column(issued.issuedAt()),
            column(issued.now().changedAt()),
            issued.now().by(),
            column(issued.validUntil()),
            issued.credential(),
            issued.approval(),
            column(issued.validUntil()))
        .update();
  }

  Optional<Delegation> find(String delegationId) {
    return one("", delegationId);
  }

  /** Keeps everybody else from changing it until the transaction ends. */
  Optional<Delegation> lock(String delegationId) {
    return one(" for update", delegationId);
  }

  private Optional<Delegation> one(String lock, String delegationId) {
    return jdbc.sql(COLUMNS + "where world = ? and delegation_id = ?" + lock)
        .params(world, delegationId)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Newest first. */
  List<Delegation> newest(OwnerFilter ownerFilter, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + "where world = :world and "
                + ownerFilter.column()
                + " = :whose"
                + """
                   and issued_at <= :at and (issued_at < :at or delegation_id < :id)
                  order by world,
                  """
                + ownerFilter.column()
                + ", issued_at desc, delegation_id desc limit :limit")
        .param("world", world)
        .param("whose", ownerFilter.did().value())
        .param("at", column(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  /**
   * @param next where the next page goes on; null after the last
   */
  record Found(List<String> delegationIds, @Nullable PageCursor next) {}

  private record Row(PageCursor place, boolean fits) {}

  /** Those in a state as of {@code now}, newest first, among the next {@link #LOOK}. */
  Found newest(OwnerFilter ownerFilter, DelegationState state, Instant now, PageCursor from) {
    var rows =
        jdbc.sql(
                "select issued_at, delegation_id, state, valid_until from delegation"
                    + " where world = :world and "
                    + ownerFilter.column()
                    + " = :whose"
                    + """
                       and issued_at <= :at and (issued_at < :at or delegation_id < :id)
                      order by world,
                      """
                    + ownerFilter.column()
                    + ", issued_at desc, delegation_id desc limit :limit")
            .param("world", world)
            .param("whose", ownerFilter.did().value())
            .param("at", column(from.at()))
            .param("id", from.id())
            .param("limit", LOOK)
            .query((row, _) -> row(row, state, now))
            .list();
    var fitting =
        rows.stream().filter(Row::fits).map(Row::place).limit(PageCursor.PAGE + 1).toList();
    boolean more = fitting.size() > PageCursor.PAGE;
    var shown = more ? fitting.subList(0, PageCursor.PAGE) : fitting;
    var next = more ? shown.getLast() : rows.size() == LOOK ? rows.getLast().place() : null;
    return new Found(shown.stream().map(PageCursor::id).toList(), next);
  }

  private static Row row(ResultSet row, DelegationState wanted, Instant now) throws SQLException {
    var place =
        new PageCursor(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2));
    var until = row.getObject(4, OffsetDateTime.class).toInstant();
    return new Row(place, stateAt(DelegationState.valueOf(row.getString(3)), until, now) == wanted);
  }

  /** Over by the clock counts as over, though nobody has written it down yet. */
  private static DelegationState stateAt(DelegationState state, Instant until, Instant now) {
    return !state.isFinal() && !now.isBefore(until) ? DelegationState.EXPIRED : state;
  }

  /** Writes the standing; the caller holds the lock. */
  void update(Delegation moved) {
    var now = moved.now();
    jdbc.sql(
            """
            update delegation set state = :state, changed_at = :at, changed_by = :by,
              reason = :reason, due_at = :due
            where world = :world and delegation_id = :id
            """)
        .param("state", now.state().name())
        .param("at", column(now.changedAt()))
        .param("by", now.by())
        .param("reason", now.reason())
        .param("due", now.state().isFinal() ? null : column(moved.validUntil()))
        .param("world", world)
        .param("id", moved.delegationId())
        .update();
  }

  /** The entries of a status list that were given out, those over by the clock as expired. */
  Map<Integer, DelegationState> issued(int list, Instant now) {
    var found = new HashMap<Integer, DelegationState>();
    jdbc.sql(
            """
            select list_place, state, valid_until from delegation where world = ? and list_no = ?
            order by world, list_no, list_place limit ?
            """)
        .params(world, list, StatusList.SIZE)
        .query(
            row -> {
              var state = DelegationState.valueOf(row.getString(2));
              var until = row.getObject(3, OffsetDateTime.class).toInstant();
              found.put(row.getInt(1), stateAt(state, until, now));
            });
    return found;
  }

  Optional<Instant> nextDue() {
    return waiting(1).stream().map(DueWork.Waiting::at).findFirst();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return jdbc.sql(
            """
            select due_at, delegation_id from delegation
            where world = ? and due_at >= date '0001-01-01' order by due_at, delegation_id limit ?
            """)
        .params(world, limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    "end of delegation",
                    row.getString(2)))
        .list();
  }

  List<String> due(Instant now, int limit) {
    return jdbc.sql(
            """
            select delegation_id from delegation where world = ? and due_at >= date '0001-01-01' and due_at <= ?
            order by due_at, delegation_id limit ?
            """)
        .params(world, column(now), limit)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static Delegation read(ResultSet row) throws SQLException {
    return new Delegation(
        row.getString("delegation_id"),
        row.getString("intent_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        DelegationMode.valueOf(row.getString("mode")),
        new Delegation.StatusListSlot(row.getInt("list_no"), row.getInt("list_place")),
        row.getObject("issued_at", OffsetDateTime.class).toInstant(),
        row.getObject("valid_until", OffsetDateTime.class).toInstant(),
        row.getString("credential"),
        row.getString("approval"),
        new Delegation.CurrentState(
            DelegationState.valueOf(row.getString("state")),
            row.getObject("changed_at", OffsetDateTime.class).toInstant(),
            row.getString("changed_by"),
            row.getString("reason")));
  }
}
