package org.actsandbox.web.console.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents a line of the delivery log as the page shows it.
 *
 * @param owner the DID of the receiver
 * @param outcome what the last attempt came to; empty before the first
 */
record DeliveryRow(
    String deliveryId,
    String event,
    String owner,
    String endpointId,
    String subject,
    String status,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    String outcome) {

  static DeliveryRow of(JsonNode delivery) {
    return new DeliveryRow(
        delivery.path("delivery_id").asString(),
        delivery.path("event").asString(),
        delivery.path("owner").asString(),
        delivery.path("endpoint_id").asString(),
        delivery.path("subject").asString(),
        delivery.path("status").asString(),
        delivery.path("attempts").asInt(),
        Instant.parse(delivery.path("created_at").asString()),
        moment(delivery.path("next_attempt_at")),
        delivery.path("last_outcome").asString(""));
  }

  static @Nullable Instant moment(JsonNode node) {
    return node.isString() ? Instant.parse(node.asString()) : null;
  }
}
