package org.actsandbox.sandbox.dispute;

import static org.actsandbox.participant.TimeColumns.nullableUtc;
import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the disputes of one world. */
final class DisputeStore {

  private static final String COLUMNS =
      """
      select dispute_id, matter, claim, state, deadline, due_at, attempts, finding, outcome,
        refund_state, refund_minor, refunded_minor, refund_no, refund_problem, closed_at
      from dispute where world = :world
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;
  private final AskedPartyStore askedParties;

  DisputeStore(TrustWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.dueTable =
        DueTable.ofWorld(jdbc, this.world, "dispute", "due_at", "dispute_id", "dispute");
    this.askedParties = new AskedPartyStore(world);
  }

  /** Returns false when the order has an open dispute already; then nothing is added. */
  boolean add(Dispute dispute, List<AskedParty> parties) {
    boolean added =
        jdbc.sql(
                    """
                    insert into dispute (world, dispute_id, principal_id, order_no, kind, state, matter, claim,
                      open_order, opened_at, due_at, attempts, refund_state)
                    values (:world, :id, :principal, :order, :kind, :state, :matter, :claim, :open, :opened,
                      :due, 0, :refund)
                    on conflict do nothing
                    """)
                .param("world", world)
                .param("id", dispute.disputeId())
                .param("principal", dispute.purchase().principal().value())
                .param("order", dispute.purchase().orderNo())
                .param("kind", dispute.claim().kind().code())
                .param("state", dispute.state().name())
                .param("matter", Json.write(dispute.purchase()))
                .param("claim", dispute.signedClaim())
                .param("open", openOrder(dispute))
                .param("opened", utc(dispute.claim().openedAt()))
                .param("due", nullableUtc(dispute.progress().dueAt()))
                .param("refund", dispute.progress().refund().state().name())
                .update()
            == 1;
    if (added) {
      parties.forEach(each -> askedParties.add(dispute.disputeId(), each));
    }
    return added;
  }

  /** Returns the store of the parties that are asked in each dispute. */
  AskedPartyStore askedParties() {
    return askedParties;
  }

  Optional<Dispute> find(String disputeId) {
    return one("and dispute_id = :value", disputeId);
  }

  /** Finds and locks a dispute until the transaction ends. */
  Optional<Dispute> lock(String disputeId) {
    return one("and dispute_id = :value for update", disputeId);
  }

  Optional<Dispute> findOpen(DisputedPurchase disputedPurchase) {
    return one("and open_order = :value", openOrder(disputedPurchase));
  }

  private Optional<Dispute> one(String where, String value) {
    return jdbc.sql(COLUMNS + where)
        .param("world", world)
        .param("value", value)
        .query((row, _) -> read(row))
        .optional();
  }

  /**
   * Lists all disputes of an order, oldest first; their number is limited by {@link
   * ClaimIntake#MAX_PER_ORDER}.
   */
  List<Dispute> ofOrder(Did merchant, String orderNo) {
    return ofNumber(orderNo).stream()
        .filter(each -> each.purchase().merchant().equals(merchant))
        .toList();
  }

  /** Lists all disputes of an order number, of all merchants that use it, oldest first. */
  List<Dispute> ofNumber(String orderNo) {
    return jdbc.sql(COLUMNS + "and order_no = :order order by opened_at, dispute_id limit 200")
        .param("world", world)
        .param("order", orderNo)
        .query((row, _) -> read(row))
        .list();
  }

  /**
   * Lists disputes, newest first.
   *
   * @param party only disputes in which this party is asked; null for all
   * @param principal only disputes about this principal's payments; null for all
   */
  List<Dispute> newest(PageCursor from, @Nullable Did party, @Nullable Did principal) {
    return jdbc.sql(
            COLUMNS
                + (principal == null ? "" : "and principal_id = :principal ")
                + "and opened_at <= :at and (opened_at < :at or dispute_id < :id)"
                + (party == null
                    ? ""
                    : """
                       and exists (select 1 from dispute_party p where p.world = dispute.world
                         and p.dispute_id = dispute.dispute_id and p.party = :party)
                      """)
                + " order by world desc, "
                + (principal == null ? "" : "principal_id desc, ")
                + "opened_at desc, dispute_id desc limit :limit")
        .param("world", world)
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("party", party == null ? null : party.value())
        .param("principal", principal == null ? null : principal.value())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  /** Stores the changed progress; the caller holds the lock. */
  void update(Dispute dispute) {
    var progress = dispute.progress();
    var refund = progress.refund();
    jdbc.sql(
            """
            update dispute set state = :state, open_order = :open, deadline = :deadline,
              due_at = :due, attempts = :attempts, finding = :finding, outcome = :outcome,
              refund_state = :refund, refund_minor = :ordered, refunded_minor = :paid,
              refund_no = :number, refund_problem = :problem, closed_at = :closed
            where world = :world and dispute_id = :id
            """)
        .param("state", progress.state().name())
        .param("open", progress.state().isFinal() ? null : openOrder(dispute))
        .param("deadline", nullableUtc(progress.deadline()))
        .param("due", nullableUtc(progress.dueAt()))
        .param("attempts", progress.attempts())
        .param("finding", progress.finding())
        .param("outcome", progress.outcome() == null ? null : progress.outcome().name())
        .param("refund", refund.state().name())
        .param("ordered", refund.ordered() == null ? null : refund.ordered().minorUnits())
        .param("paid", refund.paid() == null ? null : refund.paid().minorUnits())
        .param("number", refund.refundNo())
        .param("problem", refund.problem())
        .param("closed", nullableUtc(progress.closedAt()))
        .param("world", world)
        .param("id", dispute.disputeId())
        .update();
  }

  /** Returns the disputes, which wait until their next step. */
  DueTable dueTable() {
    return dueTable;
  }

  private static String openOrder(Dispute dispute) {
    return openOrder(dispute.purchase());
  }

  private static String openOrder(DisputedPurchase disputedPurchase) {
    return disputedPurchase.merchant().value() + " " + disputedPurchase.orderNo();
  }

  private static Dispute read(ResultSet row) throws SQLException {
    var disputedPurchase = Json.read(row.getString("matter"), DisputedPurchase.class);
    var claim = row.getString("claim");
    var outcome = row.getString("outcome");
    return new Dispute(
        row.getString("dispute_id"),
        disputedPurchase,
        Json.read(claim, Claim.class),
        claim,
        new Dispute.Progress(
            DisputeState.valueOf(row.getString("state")),
            TimeColumns.nullableInstant(row, "deadline"),
            TimeColumns.nullableInstant(row, "due_at"),
            row.getInt("attempts"),
            row.getString("finding"),
            outcome == null ? null : DisputeOutcome.valueOf(outcome),
            new Dispute.Refund(
                DisputeRefundState.valueOf(row.getString("refund_state")),
                money(row, "refund_minor", disputedPurchase.paid()),
                money(row, "refunded_minor", disputedPurchase.paid()),
                row.getString("refund_no"),
                row.getString("refund_problem")),
            TimeColumns.nullableInstant(row, "closed_at")));
  }

  private static @Nullable Money money(ResultSet row, String column, Money like)
      throws SQLException {
    long minor = row.getLong(column);
    return row.wasNull() ? null : new Money(minor, like.currency());
  }
}
