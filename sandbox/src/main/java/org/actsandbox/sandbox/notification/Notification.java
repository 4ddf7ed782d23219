package org.actsandbox.sandbox.notification;

import java.time.Instant;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Represents a signed notification before it is addressed.
 *
 * @param subject the identifier that {@link NotificationEvent#subjectId} names; the endpoint's id
 *     for a test
 * @param intentId sent as {@code Act-Intent-Id}
 * @param body signed JSON or a signed form, the same bytes at every attempt
 */
public record Notification(
    String notificationId,
    NotificationEvent event,
    String subject,
    @Nullable String intentId,
    String body,
    Instant createdAt) {

  /** Returns the same notification in another form. */
  Notification withBody(String other) {
    return new Notification(notificationId, event, subject, intentId, other, createdAt);
  }
}
