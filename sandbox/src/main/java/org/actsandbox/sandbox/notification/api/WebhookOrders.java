package org.actsandbox.sandbox.notification.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Groups the request bodies that order something of webhooks. */
final class WebhookOrders {

  private WebhookOrders() {}

  /**
   * @param overlapSeconds how long the secret before signs as well, by the world's clock; a day if
   *     absent
   */
  record RotationRequest(@Nullable Long overlapSeconds) {}

  /**
   * @param order oldest_first (the default) | newest_first
   */
  record ReleaseRequest(@Nullable String order) {}

  /**
   * @param copies how often it is sent, 1 to 10; once if absent
   */
  record ResendRequest(@Nullable Integer copies) {}

  /**
   * @param owner for the operator: whose deliveries; all if absent
   * @param endpointId an endpoint, {@code standard} or {@code callback}; all if absent
   * @param undeliveredOnly whether what was acknowledged before is left out; true if absent
   */
  record ReplayRequest(
      Instant since,
      @Nullable String owner,
      @Nullable String endpointId,
      @Nullable Boolean undeliveredOnly) {}
}
