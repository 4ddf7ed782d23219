package org.actsandbox.sandbox.psp.trade;

import static org.actsandbox.participant.TimeColumns.utc;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.actsandbox.participant.CommittedRows;
import org.actsandbox.participant.DueTable;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.OpenedPayment;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the payments of one world. */
public final class Trades {

  private static final String UPDATE =
      """
      update psp_payment set status = :status, state = :state, open_order = :open,
        due_at = :due, failure = :failure, decided_at = :decided, approval = :approval,
        approval_digest = :approval_digest, proof = :proof,
        proof_expires_at = :proof_expires, refunded_minor = :refunded,
        delivery_digest = :delivery
      where world = :world and trade_no = :trade
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;
  private final Consumer<OpenedPayment> openedPayments;
  private final CommittedRows<Trade> rows = new CommittedRows<>(512);

  public Trades(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.openedPayments = world.openedPayments();
    this.dueTable =
        DueTable.ofWorld(jdbc, this.world, "psp_payment", "due_at", "trade_no", "cashier");
  }

  /**
   * Stores a new payment, which is waiting or already paid; must be called within a transaction.
   *
   * @return false when the request id or the order is taken already; nothing is added then
   */
  public boolean add(Trade trade, String request) {
    var paymentTerms = trade.terms();
    var delegated = paymentTerms.delegated();
    var bill = paymentTerms.bill();
    var insert =
        withProgress(
                trade,
                jdbc.sql(
                    """
                    insert into psp_payment (world, trade_no, request_id, digest, agent_id,
                      principal_id, intent_id, payee, order_no, resource_id, request_method,
                      request_fingerprint, idempotency_key, amount_minor, currency, instrument_ref,
                      account_no, label, description, request, created_at, expires_at,
                      delegation_id, delegation_mode, fulfilment_at, goods, status, state, open_order,
                      due_at, failure, decided_at, approval, approval_digest, proof,
                      proof_expires_at, refunded_minor, delivery_digest)
                    values (:world, :trade, :request_id, :digest, :agent, :principal, :intent,
                      :payee, :order, :resource, :method, :fingerprint, :idempotency, :amount,
                      :currency, :instrument, :account, :label, :description, :request, :created,
                      :expires, :delegation, :mode, :fulfilment, :goods, :status, :state, :open, :due,
                      :failure, :decided, :approval, :approval_digest, :proof, :proof_expires,
                      :refunded, :delivery)
                    on conflict do nothing
                    """))
            .param("request_id", paymentTerms.requestId())
            .param("digest", trade.digest())
            .param("agent", paymentTerms.agent().value())
            .param("principal", paymentTerms.principal().value())
            .param("intent", paymentTerms.intentId())
            .param("payee", bill.payee().value())
            .param("order", bill.orderNo())
            .param("resource", bill.resourceId())
            .param("method", bill.requestMethod())
            .param("fingerprint", bill.fingerprint())
            .param("idempotency", bill.idempotencyKey())
            .param("amount", paymentTerms.amount().minorUnits())
            .param("currency", paymentTerms.amount().currency().getCurrencyCode())
            .param("instrument", paymentTerms.instrumentRef())
            .param("account", paymentTerms.account())
            .param("label", paymentTerms.label())
            .param("description", paymentTerms.description())
            .param("request", request)
            .param("created", utc(trade.createdAt()))
            .param("expires", utc(trade.expiresAt()))
            .param("delegation", delegated == null ? null : delegated.delegationId())
            .param("mode", delegated == null ? null : delegated.mode().name())
            .param(
                "goods",
                delegated == null || delegated.goods() == null
                    ? null
                    : Json.write(delegated.goods()))
            .param(
                "fulfilment",
                delegated == null || delegated.fulfilmentAt() == null
                    ? null
                    : utc(delegated.fulfilmentAt()));
    // What rests on an authority is kept as it is read: its goods are stored as text.
    boolean added =
        delegated == null
            ? rows.change(trade.tradeNo(), trade, () -> insert.update() == 1)
            : rows.changeUnseen(trade.tradeNo(), () -> insert.update() == 1);
    if (added) {
      openedPayments.accept(opened(trade));
    }
    return added;
  }

  private static OpenedPayment opened(Trade trade) {
    var terms = trade.terms();
    return new OpenedPayment(
        terms.bill().payee(),
        terms.agent(),
        terms.bill().orderNo(),
        terms.bill().resourceId(),
        terms.requestId(),
        terms.intentId(),
        terms.delegated() == null ? null : terms.delegated().delegationId(),
        terms.amount(),
        trade.createdAt(),
        trade.expiresAt());
  }

  /**
   * @throws Refusal {@code not_found}
   */
  public Trade get(String tradeNo) {
    return find(tradeNo).orElseThrow(() -> notFound(tradeNo));
  }

  public Optional<Trade> find(String tradeNo) {
    return rows.find(tradeNo, () -> read(tradeNo));
  }

  private Optional<Trade> read(String tradeNo) {
    return jdbc.sql(TradeRowMapper.COLUMNS + "where world = ? and trade_no = ?")
        .params(world, FieldChecks.text("trade_no", tradeNo, 64))
        .query((row, _) -> TradeRowMapper.read(row))
        .optional();
  }

  /**
   * Finds a payment and locks it until the transaction ends.
   *
   * @throws Refusal {@code not_found}
   */
  public Trade lock(String tradeNo) {
    return jdbc.sql(TradeRowMapper.COLUMNS + "where world = ? and trade_no = ? for update")
        .params(world, FieldChecks.text("trade_no", tradeNo, 64))
        .query((row, _) -> TradeRowMapper.read(row))
        .optional()
        .orElseThrow(() -> notFound(tradeNo));
  }

  public Optional<Trade> findByRequest(Did agent, String requestId) {
    return jdbc.sql(TradeRowMapper.COLUMNS + "where world = ? and agent_id = ? and request_id = ?")
        .params(world, agent.value(), requestId)
        .query((row, _) -> TradeRowMapper.read(row))
        .optional();
  }

  /** Finds the payment of an order that is waiting or paid. */
  public Optional<Trade> findOpen(Trade.Bill bill) {
    return jdbc.sql(TradeRowMapper.COLUMNS + "where world = ? and open_order = ?")
        .params(world, openOrder(bill))
        .query((row, _) -> TradeRowMapper.read(row))
        .optional();
  }

  /** Finds the paid payment of an order; an order has one open or completed payment at most. */
  public Optional<Trade> findPaid(Did payee, String orderNo) {
    return jdbc.sql(
            TradeRowMapper.COLUMNS + "where world = ? and open_order = ? and status = 'PAID'")
        .params(world, openOrder(payee, FieldChecks.text("order_no", orderNo, 64)))
        .query((row, _) -> TradeRowMapper.read(row))
        .optional();
  }

  /**
   * Lists the paid payments of an order number, one for each payee that uses it, newest first.
   *
   * @param principal only this principal's; null for all
   */
  public List<Trade> findPaid(String orderNo, @Nullable Did principal) {
    return jdbc.sql(
            TradeRowMapper.COLUMNS
                + "where world = :world and order_no = :order and status = 'PAID' "
                + (principal == null ? "" : "and principal_id = :principal ")
                + "order by decided_at desc, trade_no desc limit 10")
        .param("world", world)
        .param("order", FieldChecks.text("order_no", orderNo, 64))
        .param("principal", principal == null ? null : principal.value())
        .query((row, _) -> TradeRowMapper.read(row))
        .list();
  }

  /**
   * Lists the payments of an agent or a principal, newest first.
   *
   * @param party the agent or the principal
   * @param role tells which of the two {@code party} is
   * @param delegationId null for all payments
   */
  public List<Trade> newest(Did party, Role role, @Nullable String delegationId, PageCursor from) {
    var column = role == Role.AGENT ? "agent_id" : "principal_id";
    return jdbc.sql(
            TradeRowMapper.COLUMNS
                + "where world = :world and "
                + column
                + " = :party"
                + (delegationId == null ? "" : " and delegation_id = :delegation")
                + """
                   and created_at <= :at and (created_at < :at or trade_no < :id)
                  order by world,
                  """
                + (delegationId == null ? " " + column : " delegation_id")
                + ", created_at desc, trade_no desc limit :limit")
        .param("world", world)
        .param("party", party.value())
        .param("delegation", delegationId)
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> TradeRowMapper.read(row))
        .list();
  }

  /**
   * Sums up payments.
   *
   * @param refunded what went back of them
   */
  public record PaymentTotal(
      Did payee, PaymentStatus status, int payments, Money amount, Money refunded) {}

  /** Sums up all payments of a principal, by payee, state and currency. */
  public List<PaymentTotal> totals(Did principal) {
    return jdbc.sql(
            """
            select payee, status, currency, count(*), sum(amount_minor), sum(refunded_minor)
            from psp_payment
            where world = ? and principal_id = ?
            group by payee, status, currency
            order by payee, status, currency
            """)
        .params(world, principal.value())
        .query(
            (row, _) -> {
              var currency = Currency.getInstance(row.getString(3));
              return new PaymentTotal(
                  new Did(row.getString(1)),
                  PaymentStatus.valueOf(row.getString(2)),
                  row.getInt(4),
                  new Money(row.getLong(5), currency),
                  new Money(row.getLong(6), currency));
            })
        .list();
  }

  /** Stores the changed progress; the caller holds the lock. */
  public void update(Trade trade) {
    var statement = withProgress(trade, jdbc.sql(UPDATE));
    changed(trade, () -> statement.update() == 1);
  }

  /**
   * Stores the changed progress of a payment that is not locked.
   *
   * @return false when its progress is not {@code before} any more; nothing is changed then
   */
  public boolean updateIfUnchanged(Trade.Progress before, Trade trade) {
    // Each change moves one of these, and none moves any of them back.
    var statement =
        withProgress(
                trade,
                jdbc.sql(
                    UPDATE
                        + "and status = :was_status and state = :was_state"
                        + " and refunded_minor = :was_refunded"))
            .param("was_status", before.status().name())
            .param("was_state", before.state().name())
            .param("was_refunded", before.refunded().minorUnits());
    return changed(trade, () -> statement.update() == 1);
  }

  /**
   * Keeps the payment in memory while its purchase goes on. One that is delivered or over is hardly
   * read again, and its papers would outlive collection after collection.
   */
  private boolean changed(Trade trade, BooleanSupplier change) {
    boolean goesOn = isOpen(trade) && trade.progress().deliveryDigest() == null;
    return goesOn
        ? rows.change(trade.tradeNo(), trade, change)
        : rows.changeUnseen(trade.tradeNo(), change);
  }

  private static boolean isOpen(Trade trade) {
    return trade.isWaiting() || trade.progress().status() == PaymentStatus.PAID;
  }

  /** Sets the parameters of a trade's key and of its changing columns. */
  private JdbcClient.StatementSpec withProgress(Trade trade, JdbcClient.StatementSpec statement) {
    var now = trade.progress();
    var paid = now.paid();
    return statement
        .param("status", now.status().name())
        .param("state", now.state().name())
        .param("open", isOpen(trade) ? openOrder(trade.terms().bill()) : null)
        .param("due", trade.isWaiting() ? utc(trade.expiresAt()) : null)
        .param("failure", now.failure() == null ? null : now.failure().name())
        .param("decided", now.decidedAt() == null ? null : utc(now.decidedAt()))
        .param("approval", paid == null ? null : paid.approval())
        .param("approval_digest", paid == null ? null : paid.approvalDigest())
        .param("proof", paid == null ? null : paid.proof())
        .param("proof_expires", paid == null ? null : utc(paid.proofExpiresAt()))
        .param("refunded", now.refunded().minorUnits())
        .param("delivery", now.deliveryDigest())
        .param("world", world)
        .param("trade", trade.tradeNo());
  }

  /** Returns the undecided payments, which wait until their time is over. */
  public DueTable dueTable() {
    return dueTable;
  }

  /** Returns the unique key of an order's one open payment. */
  public static String openOrder(Trade.Bill bill) {
    return openOrder(bill.payee(), bill.orderNo());
  }

  private static String openOrder(Did payee, String orderNo) {
    return payee + " " + orderNo;
  }

  /** Returns the agent's request as it was received. */
  public Optional<String> request(String tradeNo) {
    return jdbc.sql("select request from psp_payment where world = ? and trade_no = ?")
        .params(world, tradeNo)
        .query(String.class)
        .optional();
  }

  public static Refusal notFound(String tradeNo) {
    return new Refusal(Problem.NOT_FOUND, "there is no such payment")
        .at("trade_no")
        .observed(tradeNo);
  }
}
