package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actsandbox.participant.RowExistence;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the webhook endpoints of a world; they outlive its resets. */
public final class WebhookEndpoints {

  /** Ours: limits that no integration needs, and that keep an event from becoming a flood. */
  static final int MAX_PER_OWNER = 10;

  static final int MAX_PER_WORLD = 100;

  private final JdbcClient jdbc;
  private final String partition;
  private final Map<String, WebhookEndpoint> byId = new ConcurrentHashMap<>();

  /** Says for all services of the world whether an agent has named an address for one payment. */
  private final RowExistence callbacks = new RowExistence();

  /**
   * @param partition first key column of the rows that outlive resets
   */
  public WebhookEndpoints(JdbcClient jdbc, String partition) {
    this.jdbc = jdbc;
    this.partition = partition;
    jdbc.sql("select * from webhook_endpoint where world = ?")
        .param(partition)
        .query((row, _) -> read(row))
        .list()
        .forEach(endpoint -> byId.put(endpoint.endpointId(), endpoint));
  }

  RowExistence callbacks() {
    return callbacks;
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Returns the endpoints in the order in which they came; null for those of all owners. */
  public List<WebhookEndpoint> all(@Nullable Did owner) {
    return byId.values().stream()
        .filter(each -> owner == null || each.owner().equals(owner))
        .sorted(
            Comparator.comparing(WebhookEndpoint::createdAt)
                .thenComparing(WebhookEndpoint::endpointId))
        .toList();
  }

  public Optional<WebhookEndpoint> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Returns an endpoint of an owner; null for any owner.
   *
   * @throws Refusal {@code not_found}, also for an endpoint of another owner
   */
  public WebhookEndpoint require(String id, @Nullable Did owner) {
    return find(id)
        .filter(each -> owner == null || each.owner().equals(owner))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such webhook endpoint")
                    .at("endpoint_id")
                    .observed(id));
  }

  /**
   * Adds an endpoint.
   *
   * @throws Refusal {@code limit_exceeded}
   */
  public synchronized void add(WebhookEndpoint endpoint) {
    requireRoom("this participant has enough endpoints", endpoint.owner(), MAX_PER_OWNER);
    requireRoom("this world has enough endpoints", null, MAX_PER_WORLD);
    jdbc.sql(
            """
            insert into webhook_endpoint (world, endpoint_id, owner, url, events, signature,
              secret_number, former_secret_until, disabled, held, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            partition,
            endpoint.endpointId(),
            endpoint.owner().value(),
            endpoint.url().toString(),
            codes(endpoint),
            endpoint.signature().code(),
            endpoint.secretNumber())
        .param(TimeColumns.nullableUtc(endpoint.formerSecretUntil()))
        .params(endpoint.disabled(), endpoint.held(), TimeColumns.utc(endpoint.createdAt()))
        .update();
    byId.put(endpoint.endpointId(), endpoint);
  }

  private void requireRoom(String why, @Nullable Did owner, int max) {
    if (all(owner).size() >= max) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, why)
          .expected("at most " + max)
          .remedy("Delete one that is not needed.");
    }
  }

  /**
   * Changes an endpoint; of two changes at once the second sees the first.
   *
   * @throws Refusal as {@link #require}
   */
  public synchronized WebhookEndpoint update(
      String id, @Nullable Did owner, UnaryOperator<WebhookEndpoint> change) {
    var changed = change.apply(require(id, owner));
    jdbc.sql(
            """
            update webhook_endpoint set url = ?, events = ?, secret_number = ?,
              former_secret_until = ?, disabled = ?, held = ?
            where world = ? and endpoint_id = ?
            """)
        .params(changed.url().toString(), codes(changed), changed.secretNumber())
        .param(TimeColumns.nullableUtc(changed.formerSecretUntil()))
        .params(changed.disabled(), changed.held(), partition, id)
        .update();
    byId.put(id, changed);
    return changed;
  }

  /**
   * Deletes an endpoint; what is still to be delivered there is given up.
   *
   * @throws Refusal as {@link #require}
   */
  public synchronized WebhookEndpoint remove(String id, @Nullable Did owner) {
    var removed = require(id, owner);
    jdbc.sql("delete from webhook_endpoint where world = ? and endpoint_id = ?")
        .params(partition, id)
        .update();
    byId.remove(id);
    return removed;
  }

  /** Deletes the endpoints of a participant that takes no part any more. */
  public synchronized void removeAllOf(Did owner) {
    all(owner).forEach(endpoint -> remove(endpoint.endpointId(), owner));
  }

  private static String codes(WebhookEndpoint endpoint) {
    return endpoint.orderedEvents().stream()
        .map(NotificationEvent::code)
        .collect(Collectors.joining(" "));
  }

  private static WebhookEndpoint read(ResultSet row) throws SQLException {
    return new WebhookEndpoint(
        row.getString("endpoint_id"),
        new Did(row.getString("owner")),
        URI.create(row.getString("url")),
        Arrays.stream(row.getString("events").split(" ", -1))
            .flatMap(code -> NotificationEvent.find(code).stream())
            .collect(Collectors.toSet()),
        WebhookEndpoint.Signature.valueOf(row.getString("signature").toUpperCase(Locale.ROOT)),
        row.getInt("secret_number"),
        TimeColumns.nullableInstant(row, "former_secret_until"),
        row.getBoolean("disabled"),
        row.getBoolean("held"),
        TimeColumns.instant(row, "created_at"));
  }
}
