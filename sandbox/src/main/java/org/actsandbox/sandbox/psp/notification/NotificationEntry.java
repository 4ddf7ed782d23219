package org.actsandbox.sandbox.psp.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Represents a notification and the state of its delivery.
 *
 * @param body signed JSON, the same bytes at every attempt
 * @param lastOutcome {@code status 500}, {@code no answer in time}; absent before the first attempt
 */
public record NotificationEntry(
    String notificationId,
    String payee,
    String event,
    String tradeNo,
    @Nullable String intentId,
    String body,
    Instant createdAt,
    Status status,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant lastAttemptAt,
    @Nullable String lastOutcome) {

  public enum Status {
    PENDING,
    DELIVERED,
    GIVEN_UP
  }

  /** Represents a line of the delivery log as it is shown. */
  public record NotificationView(
      String notificationId,
      String event,
      String tradeNo,
      String status,
      int attempts,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant lastAttemptAt,
      @Nullable String lastOutcome) {}

  public NotificationEntry.NotificationView shown() {
    return new NotificationEntry.NotificationView(
        notificationId,
        event,
        tradeNo,
        status.name(),
        attempts,
        createdAt,
        nextAttemptAt,
        lastAttemptAt,
        lastOutcome);
  }
}
