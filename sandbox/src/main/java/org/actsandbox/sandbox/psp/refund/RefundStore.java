package org.actsandbox.sandbox.psp.refund;

import static org.actsandbox.participant.TimeColumns.utc;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.sandbox.psp.PspWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the refunds of one world by payee and refund request id. */
final class RefundStore {

  private final String world;
  private final JdbcClient jdbc;

  RefundStore(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  Optional<PspMessages.Refund> find(Did payee, String refundRequestId) {
    return jdbc.sql(
            """
            select refund_request_id, refund_no, trade_no, amount_minor, currency,
              refunded_total_minor, state, refunded_at
            from psp_refund where world = ? and payee = ? and refund_request_id = ?
            """)
        .params(world, payee.value(), refundRequestId)
        .query(
            (row, _) -> {
              var currency = Currency.getInstance(row.getString(5));
              return new PspMessages.Refund(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  new Money(row.getLong(4), currency).decimal(),
                  currency.getCurrencyCode(),
                  new Money(row.getLong(6), currency).decimal(),
                  TransactionState.valueOf(row.getString(7)),
                  TimeColumns.instant(row, 8));
            })
        .optional();
  }

  /** Returns the numbers of a payment's refunds, the oldest first. */
  List<String> numbers(String tradeNo) {
    return jdbc.sql(
            """
            select refund_no from psp_refund where world = ? and trade_no = ?
            order by refunded_at, refund_no
            """)
        .params(world, tradeNo)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Returns false when the id is taken by a concurrent request. */
  boolean add(Did payee, PspMessages.Refund refund, Money amount, Money total, String reason) {
    return jdbc.sql(
                """
                insert into psp_refund (world, payee, refund_request_id, refund_no, trade_no,
                  amount_minor, currency, reason, refunded_total_minor, state, refunded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world,
                payee.value(),
                refund.refundRequestId(),
                refund.refundNo(),
                refund.tradeNo(),
                amount.minorUnits(),
                refund.currency(),
                reason,
                total.minorUnits(),
                refund.transactionState().name(),
                utc(refund.refundedAt()))
            .update()
        == 1;
  }
}
