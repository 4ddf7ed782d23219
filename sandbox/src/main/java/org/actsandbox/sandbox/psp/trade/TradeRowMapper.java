package org.actsandbox.sandbox.psp.trade;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.jspecify.annotations.Nullable;

/** Reads a trade from a row of {@code psp_payment}. */
final class TradeRowMapper {

  static final String COLUMNS =
      """
      select trade_no, digest, request_id, agent_id, principal_id, intent_id, payee, order_no, resource_id,
        request_method, request_fingerprint, idempotency_key, amount_minor, currency,
        instrument_ref, account_no, label, description, created_at, expires_at, status, state,
        failure, decided_at, approval, approval_digest, proof, proof_expires_at, refunded_minor,
        delivery_digest, delegation_id, delegation_mode, fulfilment_at,
        goods
      from psp_payment
      """;

  private TradeRowMapper() {}

  static Trade read(ResultSet row) throws SQLException {
    var currency = Currency.getInstance(row.getString("currency"));
    return new Trade(
        row.getString("trade_no"),
        row.getString("digest"),
        terms(row, new Money(row.getLong("amount_minor"), currency)),
        TimeColumns.instant(row, "created_at"),
        TimeColumns.instant(row, "expires_at"),
        progress(row, new Money(row.getLong("refunded_minor"), currency)));
  }

  private static Trade.PaymentTerms terms(ResultSet row, Money amount) throws SQLException {
    return new Trade.PaymentTerms(
        row.getString("request_id"),
        new Did(row.getString("agent_id")),
        new Did(row.getString("principal_id")),
        row.getString("intent_id"),
        new Trade.Bill(
            new Did(row.getString("payee")),
            row.getString("order_no"),
            row.getString("resource_id"),
            row.getString("request_method"),
            row.getString("request_fingerprint"),
            row.getString("idempotency_key")),
        amount,
        row.getString("instrument_ref"),
        row.getString("account_no"),
        row.getString("label"),
        row.getString("description"),
        delegated(row));
  }

  private static Trade.@Nullable Delegated delegated(ResultSet row) throws SQLException {
    var id = row.getString("delegation_id");
    return id == null
        ? null
        : new Trade.Delegated(
            id,
            DelegationMode.valueOf(row.getString("delegation_mode")),
            TimeColumns.nullableInstant(row, "fulfilment_at"),
            goods(row.getString("goods")));
  }

  private static @Nullable List<Order.Line> goods(@Nullable String json) {
    return json == null ? null : List.of(Json.read(json, Order.Line[].class));
  }

  private static Trade.Progress progress(ResultSet row, Money refunded) throws SQLException {
    var failure = row.getString("failure");
    var proof = row.getString("proof");
    return new Trade.Progress(
        PaymentStatus.valueOf(row.getString("status")),
        TransactionState.valueOf(row.getString("state")),
        failure == null ? null : Problem.valueOf(failure),
        TimeColumns.nullableInstant(row, "decided_at"),
        proof == null
            ? null
            : new Trade.Paid(
                row.getString("approval"),
                row.getString("approval_digest"),
                proof,
                TimeColumns.instant(row, "proof_expires_at")),
        refunded,
        row.getString("delivery_digest"));
  }
}
