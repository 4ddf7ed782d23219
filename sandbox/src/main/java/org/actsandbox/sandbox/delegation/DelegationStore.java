package org.actsandbox.sandbox.delegation;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.PageCursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the credentials of one world. */
final class DelegationStore {

  /** The number of rows that one request for a state reads at most. */
  static final int MAX_ROWS_READ = 1000;

  private static final String COLUMNS =
      """
      select delegation_id, intent_id, principal_id, agent_id, mode, state, list_no, list_place, issued_at,
        changed_at, changed_by, reason, valid_until, credential, approval
      from delegation
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;

  DelegationStore(DelegationWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.dueTable =
        DueTable.ofWorld(
            jdbc, this.world, "delegation", "due_at", "delegation_id", "end of delegation");
  }

  /** Reserves {@code places} entries of the status lists and returns the first one. */
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
            issued.current().state().name(),
            issued.slot().list(),
            issued.slot().index(),
            utc(issued.issuedAt()),
            utc(issued.current().changedAt()),
            issued.current().by(),
            utc(issued.validUntil()),
            issued.credential(),
            issued.approval(),
            utc(issued.validUntil()))
        .update();
  }

  Optional<Delegation> find(String delegationId) {
    return one("", delegationId);
  }

  /** Finds and locks a delegation until the transaction ends. */
  Optional<Delegation> lock(String delegationId) {
    return one(" for update", delegationId);
  }

  private Optional<Delegation> one(String lock, String delegationId) {
    return jdbc.sql(COLUMNS + "where world = ? and delegation_id = ?" + lock)
        .params(world, delegationId)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Lists an owner's delegations, newest first. */
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
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  /**
   * Represents a page of delegations in one state.
   *
   * @param next the position where the next page starts; null after the last
   */
  record StatePage(List<String> delegationIds, @Nullable PageCursor next) {}

  private record Row(PageCursor position, boolean matches) {}

  /**
   * Lists delegations that are in a state at {@code now}, newest first, out of the next {@link
   * #MAX_ROWS_READ} rows.
   */
  StatePage newest(OwnerFilter ownerFilter, DelegationState state, Instant now, PageCursor from) {
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
            .param("at", utc(from.at()))
            .param("id", from.id())
            .param("limit", MAX_ROWS_READ)
            .query((row, _) -> row(row, state, now))
            .list();
    var matching =
        rows.stream().filter(Row::matches).map(Row::position).limit(PageCursor.PAGE + 1).toList();
    boolean more = matching.size() > PageCursor.PAGE;
    var shown = more ? matching.subList(0, PageCursor.PAGE) : matching;
    var next =
        more ? shown.getLast() : rows.size() == MAX_ROWS_READ ? rows.getLast().position() : null;
    return new StatePage(shown.stream().map(PageCursor::id).toList(), next);
  }

  private static Row row(ResultSet row, DelegationState wanted, Instant now) throws SQLException {
    var position = new PageCursor(TimeColumns.instant(row, 1), row.getString(2));
    var until = TimeColumns.instant(row, 4);
    return new Row(
        position, stateAt(DelegationState.valueOf(row.getString(3)), until, now) == wanted);
  }

  /**
   * Returns the state at {@code now}: overdue delegations count as expired before that is stored.
   */
  private static DelegationState stateAt(DelegationState state, Instant until, Instant now) {
    return !state.isFinal() && !now.isBefore(until) ? DelegationState.EXPIRED : state;
  }

  /** Stores the current state; the caller holds the lock. */
  void update(Delegation moved) {
    var current = moved.current();
    jdbc.sql(
            """
            update delegation set state = :state, changed_at = :at, changed_by = :by,
              reason = :reason, due_at = :due
            where world = :world and delegation_id = :id
            """)
        .param("state", current.state().name())
        .param("at", utc(current.changedAt()))
        .param("by", current.by())
        .param("reason", current.reason())
        .param("due", current.state().isFinal() ? null : utc(moved.validUntil()))
        .param("world", world)
        .param("id", moved.delegationId())
        .update();
  }

  /** Returns the used entries of a status list; overdue delegations are expired. */
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
              var until = TimeColumns.instant(row, 3);
              found.put(row.getInt(1), stateAt(state, until, now));
            });
    return found;
  }

  /** Returns the delegations, which wait until they expire. */
  DueTable dueTable() {
    return dueTable;
  }

  private static Delegation read(ResultSet row) throws SQLException {
    return new Delegation(
        row.getString("delegation_id"),
        row.getString("intent_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        DelegationMode.valueOf(row.getString("mode")),
        new Delegation.StatusListSlot(row.getInt("list_no"), row.getInt("list_place")),
        TimeColumns.instant(row, "issued_at"),
        TimeColumns.instant(row, "valid_until"),
        row.getString("credential"),
        row.getString("approval"),
        new Delegation.CurrentState(
            DelegationState.valueOf(row.getString("state")),
            TimeColumns.instant(row, "changed_at"),
            row.getString("changed_by"),
            row.getString("reason")));
  }
}
