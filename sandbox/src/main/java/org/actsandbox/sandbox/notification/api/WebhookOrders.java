package org.actsandbox.sandbox.notification.api;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/** Groups the request bodies that order something of webhooks. */
final class WebhookOrders {

  private WebhookOrders() {}

  /**
   * @param overlapSeconds how long the secret before signs as well, by the world's clock; a day if
   *     absent
   */
  record RotationRequest(@Nullable Long overlapSeconds) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.range("overlap_seconds", overlapSeconds, 0, Webhooks.MAX_OVERLAP.toSeconds());
    }
  }

  /**
   * @param order oldest_first (the default) | newest_first
   */
  record ReleaseRequest(@Nullable String order) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.oneOf("order", order, List.of("oldest_first", "newest_first"));
    }
  }

  /**
   * @param copies how often it is sent, 1 to 10; once if absent
   */
  record ResendRequest(@Nullable Integer copies) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.range("copies", copies, 1, Webhooks.MAX_COPIES);
    }
  }

  /**
   * @param owner for the operator: whose deliveries; all if absent
   * @param endpointId an endpoint, {@code standard} or {@code callback}; all if absent
   * @param undeliveredOnly whether what was acknowledged before is left out; true if absent
   */
  record ReplayRequest(
      Instant since,
      @Nullable String owner,
      @Nullable String endpointId,
      @Nullable Boolean undeliveredOnly)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.moment("since", since);
      mistakes.did("owner", owner);
      mistakes.text("endpoint_id", endpointId, 64);
    }
  }
}
