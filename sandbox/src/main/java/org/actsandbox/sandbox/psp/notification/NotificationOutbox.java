package org.actsandbox.sandbox.psp.notification;

import static org.actsandbox.participant.TimeColumns.nullableUtc;
import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the notifications of one world until they are delivered, and the log of their delivery.
 */
final class NotificationOutbox {

  private static final String COLUMNS =
      """
      select notification_id, payee, event, trade_no, intent_id, body, created_at, status, attempts,
        next_attempt_at, last_attempt_at, last_outcome
      from psp_notification
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final DueTable dueTable;

  NotificationOutbox(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.dueTable =
        DueTable.ofWorld(
            jdbc,
            this.world,
            "psp_notification",
            "next_attempt_at",
            "notification_id",
            "notification");
  }

  void add(NotificationEntry added) {
    jdbc.sql(
            """
            insert into psp_notification (world, notification_id, payee, event, trade_no, intent_id,
              body, created_at, status, attempts, next_attempt_at)
            values (:world, :id, :payee, :event, :trade, :intent, :body, :at, :status, 0, :next)
            """)
        .param("world", world)
        .param("id", added.notificationId())
        .param("payee", added.payee())
        .param("event", added.event())
        .param("trade", added.tradeNo())
        .param("intent", added.intentId())
        .param("body", added.body())
        .param("at", utc(added.createdAt()))
        .param("status", added.status().name())
        .param("next", nullableUtc(added.nextAttemptAt()))
        .update();
  }

  Optional<NotificationEntry> find(String id) {
    return jdbc.sql(COLUMNS + "where world = ? and notification_id = ?")
        .params(world, FieldChecks.text("notification_id", id, 64))
        .query((row, _) -> read(row))
        .optional();
  }

  void attempted(
      String id,
      NotificationEntry.Status status,
      Instant at,
      @Nullable Instant next,
      String outcome) {
    jdbc.sql(
            """
            update psp_notification set status = :status, attempts = attempts + 1,
              last_attempt_at = :at, next_attempt_at = :next, last_outcome = :outcome
            where world = :world and notification_id = :id
            """)
        .param("status", status.name())
        .param("at", utc(at))
        .param("next", nullableUtc(next))
        .param("outcome", outcome.length() <= 160 ? outcome : outcome.substring(0, 160))
        .param("world", world)
        .param("id", id)
        .update();
  }

  Optional<Instant> nextDue() {
    return dueTable.next();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return dueTable.waiting("trade_no", limit);
  }

  /**
   * Makes a notification due again at {@code until}, unless an attempt ends before and sets another
   * time.
   */
  void postpone(String id, Instant until) {
    dueTable.postpone(id, until);
  }

  record Due(String id, Did payee) {}

  List<Due> due(Instant now, int limit) {
    return dueTable.due(
        "notification_id, payee",
        (row, _) -> new Due(row.getString(1), new Did(row.getString(2))),
        now,
        limit);
  }

  List<NotificationEntry> newest(Did payee, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + """
                where world = ? and payee = ?
                  and created_at <= ? and (created_at < ? or notification_id < ?)
                order by world, payee, created_at desc, notification_id desc limit ?
                """)
        .params(
            world, payee.value(), utc(from.at()), utc(from.at()), from.id(), PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  private static NotificationEntry read(ResultSet row) throws SQLException {
    return new NotificationEntry(
        row.getString("notification_id"),
        row.getString("payee"),
        row.getString("event"),
        row.getString("trade_no"),
        row.getString("intent_id"),
        row.getString("body"),
        TimeColumns.instant(row, "created_at"),
        NotificationEntry.Status.valueOf(row.getString("status")),
        row.getInt("attempts"),
        TimeColumns.nullableInstant(row, "next_attempt_at"),
        TimeColumns.nullableInstant(row, "last_attempt_at"),
        row.getString("last_outcome"));
  }
}
