package org.actsandbox.merchants.psp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and updates the rows of one table that wait for an answer of the payment service: those
 * with a {@code next_attempt_at}.
 *
 * @param table a constant of this package, never input
 * @param key the column that names a row within the merchant; a constant of this package, never
 *     input
 */
record MerchantOutbox(JdbcClient jdbc, String world, String merchant, String table, String key) {

  static MerchantOutbox of(MerchantContext merchantContext, String table, String key) {
    return new MerchantOutbox(
        merchantContext.world().jdbc(),
        merchantContext.partition(),
        merchantContext.id(),
        table,
        key);
  }

  Optional<Instant> next() {
    return jdbc.sql(
            """
            select next_attempt_at from %s
            where world = ? and merchant = ? and next_attempt_at >= date '0001-01-01'
            order by world, merchant, next_attempt_at limit 1
            """
                .formatted(table))
        .params(world, merchant)
        .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  List<DueWork.Waiting> waiting(String what, int limit) {
    return jdbc.sql(
            """
            select next_attempt_at, %s from %s
            where world = ? and merchant = ? and next_attempt_at >= date '0001-01-01'
            order by next_attempt_at, %s limit ?
            """
                .formatted(key, table, key))
        .params(world, merchant, limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(
                    row.getObject(1, OffsetDateTime.class).toInstant(), what, row.getString(2)))
        .list();
  }

  List<String> due(Instant now, int limit) {
    return jdbc.sql(
            """
            select %s from %s where world = ? and merchant = ? and next_attempt_at >= date '0001-01-01'
              and next_attempt_at <= ?
            order by next_attempt_at, %s limit ?
            """
                .formatted(key, table, key))
        .params(world, merchant, now.atOffset(ZoneOffset.UTC), limit)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Counts a failed attempt; {@code next} is null after the last one. */
  void failed(String id, @Nullable Instant next) {
    jdbc.sql(
            """
            update %s set attempts = attempts + 1, next_attempt_at = ?
            where world = ? and merchant = ? and %s = ? and next_attempt_at is not null
            """
                .formatted(table, key))
        .param(next == null ? null : next.atOffset(ZoneOffset.UTC))
        .param(world)
        .param(merchant)
        .param(id)
        .update();
  }

  /**
   * Postpones all due rows without counting an attempt: the payment service is silent, and asking
   * for each row would only wait.
   */
  void postpone(Instant now, Instant until) {
    jdbc.sql(
            """
            update %s set next_attempt_at = ?
            where world = ? and merchant = ? and next_attempt_at >= date '0001-01-01'
              and next_attempt_at <= ?
            """
                .formatted(table))
        .params(until.atOffset(ZoneOffset.UTC), world, merchant, now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
