package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Represents a notification on its way to one receiver.
 *
 * @param deliveryId the notification's id, followed by the endpoint where it is not the standard
 *     one
 * @param sender the service that signed it and sends it
 * @param endpointId {@link #STANDARD}, {@link #CALLBACK}, {@link #ALIPAY} or a webhook endpoint
 * @param url address of a callback or a notice in Alipay's form; the others have theirs looked up
 *     at each attempt
 * @param lastOutcome {@code status 500}, {@code no answer in time}; absent before the first attempt
 */
public record DeliveryEntry(
    String deliveryId,
    Notification notification,
    Did sender,
    Did owner,
    String endpointId,
    @Nullable URI url,
    Status status,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant lastAttemptAt,
    @Nullable String lastOutcome) {

  /** The address at which each merchant is notified of payments (ACT PSD-8). */
  public static final String STANDARD = "standard";

  /** The address that an agent named with one payment or one authority. */
  public static final String CALLBACK = "callback";

  /** The address that a seller named with a payment it asked for in Alipay's form (AIP-188). */
  public static final String ALIPAY = "alipay";

  /** The answer that acknowledges a notice in Alipay's form (AIP-192). */
  private static final String SUCCESS = "success";

  /** Lists the states of a delivery; one that was delivered stays so. */
  public enum Status {
    PENDING,
    /** It waits until it is released, and no attempt is due. */
    HELD,
    DELIVERED,
    GIVEN_UP
  }

  public NotificationEvent event() {
    return notification.event();
  }

  public boolean isStandard() {
    return endpointId.equals(STANDARD);
  }

  /** Returns whether the body is a form in Alipay's form instead of signed JSON. */
  public boolean isForm() {
    return endpointId.equals(ALIPAY);
  }

  /** Returns whether the attempt's answer says that the receiver has the notification. */
  public boolean isAcknowledgedBy(DeliveryAttempt attempt) {
    return attempt.isDelivered() && (!isForm() || attempt.answer().equals(SUCCESS));
  }

  /** Returns the delivery as one that was never attempted, because too many are held back. */
  DeliveryEntry givenUp() {
    return new DeliveryEntry(
        deliveryId,
        notification,
        sender,
        owner,
        endpointId,
        url,
        Status.GIVEN_UP,
        0,
        null,
        null,
        null);
  }

  /** Returns the identifiers that connect the delivery with other entries of the journal. */
  Map<String, String> journalIds() {
    var name = event().subjectId();
    return name == null ? Map.of() : Map.of(name, notification.subject());
  }
}
