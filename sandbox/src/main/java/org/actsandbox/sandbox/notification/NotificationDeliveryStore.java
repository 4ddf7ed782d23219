package org.actsandbox.sandbox.notification;

import static org.actsandbox.participant.TimeColumns.nullableUtc;
import static org.actsandbox.participant.TimeColumns.utc;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.PageCursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Stores the deliveries of one world until they are done, and the log of their attempts. */
final class NotificationDeliveryStore {

  /** Ours: deliveries that a world keeps; the oldest that are done are dropped. */
  static final int MAX_DELIVERIES = 10_000;

  /** Ours: more attempts at one delivery are made by hand only. */
  private static final int MAX_ATTEMPTS_KEPT = 20;

  private static final int DROPPED_AT_A_TIME = 500;
  private static final int MAX_DELIVERY_ID = 110;

  private static final String COLUMNS =
      """
      select delivery_id, notification_id, sender, owner, endpoint_id, url, event, subject,
        intent_id, body, created_at, status, attempts, next_attempt_at, last_attempt_at,
        last_outcome
      from notification_delivery
      """;

  private final JdbcClient jdbc;
  private final String world;
  private final DueTable dueTable;

  NotificationDeliveryStore(JdbcClient jdbc, String world, Did sender) {
    this.jdbc = jdbc;
    this.world = world;
    this.dueTable =
        new DueTable(
            jdbc,
            new DueTable.Columns(
                "notification_delivery",
                List.of("world", "sender"),
                "next_attempt_at",
                "delivery_id",
                "notification"),
            world,
            sender.value());
  }

  void add(DeliveryEntry added) {
    var notification = added.notification();
    var url = added.url();
    jdbc.sql(
            """
            insert into notification_delivery (world, delivery_id, notification_id, sender, owner,
              endpoint_id, url, event, subject, intent_id, body, created_at, status, attempts,
              next_attempt_at)
            values (:world, :id, :notification, :sender, :owner, :endpoint, :url, :event, :subject,
              :intent, :body, :at, :status, 0, :next)
            """)
        .param("world", world)
        .param("id", added.deliveryId())
        .param("notification", notification.notificationId())
        .param("sender", added.sender().value())
        .param("owner", added.owner().value())
        .param("endpoint", added.endpointId())
        .param("url", url == null ? null : url.toString())
        .param("event", notification.event().code())
        .param("subject", notification.subject())
        .param("intent", notification.intentId())
        .param("body", notification.body())
        .param("at", utc(notification.createdAt()))
        .param("status", added.status().name())
        .param("next", nullableUtc(added.nextAttemptAt()))
        .update();
  }

  Optional<DeliveryEntry> find(String id) {
    return jdbc.sql(COLUMNS + "where world = ? and delivery_id = ?")
        .params(world, FieldChecks.text("delivery_id", id, MAX_DELIVERY_ID))
        .query((row, _) -> read(row))
        .optional();
  }

  /** Stores the outcome of an attempt in the caller's transaction. */
  void attempted(
      String id,
      DeliveryEntry.Status status,
      @Nullable Instant next,
      DeliveryAttempt deliveryAttempt) {
    jdbc.sql(
            """
            update notification_delivery set status = :status, attempts = attempts + 1,
              last_attempt_at = :at, next_attempt_at = :next, last_outcome = :outcome
            where world = :world and delivery_id = :id
            """)
        .param("status", status.name())
        .param("at", utc(deliveryAttempt.at()))
        .param("next", nullableUtc(next))
        .param("outcome", shortened(deliveryAttempt.outcome(), 160))
        .param("world", world)
        .param("id", id)
        .update();
    log(id, deliveryAttempt);
  }

  /** Two attempts at once may count to the same number; the later one replaces the other's line. */
  private void log(String id, DeliveryAttempt attempt) {
    var insert =
        jdbc.sql(
                """
            insert into notification_attempt (world, delivery_id, number, attempted_at, target,
              request_headers, status, answer_headers, answer, outcome, millis)
            values (:world, :id, :number, :at, :target, :request, :status, :headers, :answer,
              :outcome, :millis)
            on conflict do nothing
            """)
            .param("world", world)
            .param("id", id)
            .param("number", attempt.number())
            .param("at", utc(attempt.at()))
            .param("target", shortened(attempt.target(), 400))
            .param("request", headers(attempt.requestHeaders()))
            .param("status", attempt.status())
            .param("headers", headers(attempt.answerHeaders()))
            .param("answer", attempt.answer())
            .param("outcome", shortened(attempt.outcome(), 160))
            .param("millis", attempt.millis());
    if (insert.update() == 0) {
      jdbc.sql(
              "delete from notification_attempt where world = ? and delivery_id = ? and number = ?")
          .params(world, id, attempt.number())
          .update();
      insert.update();
    }
    if (attempt.number() > MAX_ATTEMPTS_KEPT) {
      jdbc.sql(
              "delete from notification_attempt where world = ? and delivery_id = ? and number <= ?")
          .params(world, id, attempt.number() - MAX_ATTEMPTS_KEPT)
          .update();
    }
  }

  /** Writes headers as JSON, as many as fit. */
  private static String headers(Map<String, String> headers) {
    var object = Json.object();
    int length = 2;
    for (var header : headers.entrySet()) {
      length += header.getKey().length() + header.getValue().length() + 8;
      if (length < 1_000) {
        object.put(header.getKey(), header.getValue());
      }
    }
    var written = Json.write(object);
    return written.length() <= 2_000 ? written : "{}";
  }

  private static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  List<DeliveryAttempt> attempts(String deliveryId) {
    return jdbc.sql(
            """
            select number, attempted_at, target, request_headers, status, answer_headers, answer,
              outcome, millis
            from notification_attempt where world = ? and delivery_id = ?
            order by world, delivery_id, number
            """)
        .params(world, deliveryId)
        .query((row, _) -> attempt(row))
        .list();
  }

  Optional<Instant> nextDue() {
    return dueTable.next();
  }

  List<DueWork.Waiting> waiting(int limit) {
    return dueTable.waiting("subject", limit);
  }

  /**
   * Makes a delivery due again at {@code until}, unless an attempt ends before and sets another
   * time.
   */
  void postpone(String id, Instant until) {
    dueTable.postpone(id, until);
  }

  record Due(String id, String receiver) {}

  List<Due> due(Instant now, int limit) {
    return dueTable.due(
        "delivery_id, endpoint_id, owner",
        (row, _) -> new Due(row.getString(1), receiver(row.getString(2), row.getString(3))),
        now,
        limit);
  }

  /** Returns the name of the queue in which a receiver's deliveries wait. */
  static String receiver(String endpointId, String owner) {
    return endpointId + " " + owner;
  }

  /** Lists deliveries, newest first: one more than a page. */
  List<DeliveryEntry> newest(DeliveryFilter filter, PageCursor from) {
    var conditions = conditions(filter);
    conditions.add(
        "created_at <= ? and (created_at < ? or delivery_id < ?)",
        utc(from.at()),
        utc(from.at()),
        from.id());
    return conditions.newest(PageCursor.PAGE + 1);
  }

  /**
   * Lists deliveries since a time, the oldest first.
   *
   * @param statuses at least one; the filter's own status is not looked at
   */
  List<DeliveryEntry> oldest(
      DeliveryFilter filter, Instant since, Set<DeliveryEntry.Status> statuses, int limit) {
    var conditions =
        conditions(new DeliveryFilter(filter.owner(), filter.endpointId(), null, filter.event()));
    conditions.add("created_at >= ?", utc(since));
    conditions.add(
        statuses.stream().map(_ -> "status = ?").collect(Collectors.joining(" or ", "(", ")")),
        statuses.stream().map(Enum::name).toArray());
    return conditions.oldest(limit);
  }

  /** Counts what is held back for an endpoint. */
  int held(WebhookEndpoint endpoint) {
    return jdbc.sql(
            """
            select count(*) from notification_delivery
            where world = ? and owner = ? and created_at > ? and endpoint_id = ? and status = 'HELD'
            """)
        .params(world, endpoint.owner().value(), utc(Instant.EPOCH), endpoint.endpointId())
        .query(Integer.class)
        .single();
  }

  private Conditions conditions(DeliveryFilter filter) {
    var conditions = new Conditions(filter.owner());
    if (filter.endpointId() != null) {
      conditions.add("endpoint_id = ?", filter.endpointId());
    }
    if (filter.status() != null) {
      conditions.add("status = ?", filter.status().name());
    }
    if (filter.event() != null) {
      conditions.add("event = ?", filter.event().code());
    }
    return conditions;
  }

  /** Gathers the conditions of a query of the log; their texts are constants, never input. */
  private final class Conditions {

    private final StringBuilder where = new StringBuilder("where world = ?");
    private final List<Object> values = new ArrayList<>();
    private final String order;

    Conditions(@Nullable Did owner) {
      values.add(world);
      if (owner != null) {
        add("owner = ?", owner.value());
      }
      this.order =
          owner == null
              ? " order by world, created_at desc, delivery_id desc limit ?"
              : " order by world, owner, created_at desc, delivery_id desc limit ?";
    }

    void add(String condition, Object... more) {
      where.append(" and ").append(condition);
      values.addAll(List.of(more));
    }

    List<DeliveryEntry> newest(int limit) {
      return list(order, limit);
    }

    List<DeliveryEntry> oldest(int limit) {
      return list(" order by created_at, delivery_id limit ?", limit);
    }

    private List<DeliveryEntry> list(String ordered, int limit) {
      return jdbc.sql(COLUMNS + where + ordered)
          .params(values)
          .param(limit)
          .query((row, _) -> read(row))
          .list();
    }
  }

  /**
   * Drops the oldest deliveries that are done when there are too many. Called in a transaction:
   * without one each of the rows would wait for the file.
   */
  void dropOldest() {
    long count =
        jdbc.sql("select count(*) from notification_delivery where world = ? and created_at > ?")
            .params(world, utc(Instant.EPOCH))
            .query(Long.class)
            .single();
    if (count <= MAX_DELIVERIES) {
      return;
    }
    var oldest =
        jdbc.sql(
                """
                select delivery_id from notification_delivery
                where world = ? and created_at > ? and status <> 'PENDING'
                order by world desc, created_at, delivery_id limit ?
                """)
            .params(world, utc(Instant.EPOCH), Math.min(DROPPED_AT_A_TIME, count - MAX_DELIVERIES))
            .query(String.class)
            .list();
    for (var id : oldest) {
      jdbc.sql("delete from notification_attempt where world = ? and delivery_id = ?")
          .param(world)
          .param(id)
          .update();
      jdbc.sql("delete from notification_delivery where world = ? and delivery_id = ?")
          .param(world)
          .param(id)
          .update();
    }
  }

  private static DeliveryEntry read(ResultSet row) throws SQLException {
    @Nullable String url = row.getString("url");
    return new DeliveryEntry(
        row.getString("delivery_id"),
        new Notification(
            row.getString("notification_id"),
            NotificationEvent.find(row.getString("event")).orElseThrow(),
            row.getString("subject"),
            row.getString("intent_id"),
            row.getString("body"),
            TimeColumns.instant(row, "created_at")),
        new Did(row.getString("sender")),
        new Did(row.getString("owner")),
        row.getString("endpoint_id"),
        url == null ? null : URI.create(url),
        DeliveryEntry.Status.valueOf(row.getString("status")),
        row.getInt("attempts"),
        TimeColumns.nullableInstant(row, "next_attempt_at"),
        TimeColumns.nullableInstant(row, "last_attempt_at"),
        row.getString("last_outcome"));
  }

  private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
    return new DeliveryAttempt(
        row.getInt("number"),
        TimeColumns.instant(row, "attempted_at"),
        row.getString("target"),
        headers(Json.parse(row.getString("request_headers"))),
        row.getObject("status", Integer.class),
        headers(Json.parse(row.getString("answer_headers"))),
        row.getString("answer"),
        row.getString("outcome"),
        row.getLong("millis"));
  }

  private static Map<String, String> headers(JsonNode written) {
    var headers = new LinkedHashMap<String, String>();
    written.properties().forEach(each -> headers.put(each.getKey(), each.getValue().asString()));
    return headers;
  }
}
