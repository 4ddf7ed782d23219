package org.actsandbox.sandbox.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Describes an address at which a merchant or an agent wishes to be notified.
 *
 * @param events the events that are sent there; none means all
 * @param secretNumber counts the secrets; the secret itself is derived from it
 * @param formerSecretUntil until when the secret before signs as well, by the world's clock
 * @param disabled whether nothing is sent, and later events are not delivered at all
 * @param held whether deliveries wait until they are released
 */
public record WebhookEndpoint(
    String endpointId,
    Did owner,
    URI url,
    Set<NotificationEvent> events,
    Signature signature,
    int secretNumber,
    @Nullable Instant formerSecretUntil,
    boolean disabled,
    boolean held,
    Instant createdAt) {

  public WebhookEndpoint {
    events = Set.copyOf(events);
  }

  /** Lists how the receiver can tell who sent a notification. */
  public enum Signature {
    /** The body has the signature of the service that sends it, by its public key. */
    KEY,
    /** The header has an HMAC with a secret of the endpoint in addition. */
    SECRET;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Signature> find(String code) {
      return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
    }
  }

  boolean wants(NotificationEvent event) {
    return !disabled && (events.isEmpty() || events.contains(event));
  }

  /** Returns the events in their order. */
  public Set<NotificationEvent> orderedEvents() {
    return events.isEmpty() ? Set.of() : EnumSet.copyOf(events);
  }

  public WebhookEndpoint withUrl(URI other) {
    return copy(other, events, secretNumber, formerSecretUntil, disabled, held);
  }

  public WebhookEndpoint withEvents(Set<NotificationEvent> others) {
    return copy(url, others, secretNumber, formerSecretUntil, disabled, held);
  }

  public WebhookEndpoint withDisabled(boolean value) {
    return copy(url, events, secretNumber, formerSecretUntil, value, held);
  }

  public WebhookEndpoint withHeld(boolean value) {
    return copy(url, events, secretNumber, formerSecretUntil, disabled, value);
  }

  /**
   * Returns the endpoint with its next secret; the one before signs as well until {@code until}.
   */
  public WebhookEndpoint withNextSecret(Instant until) {
    return copy(url, events, secretNumber + 1, until, disabled, held);
  }

  private WebhookEndpoint copy(
      URI newUrl,
      Set<NotificationEvent> newEvents,
      int newNumber,
      @Nullable Instant newFormerUntil,
      boolean newDisabled,
      boolean newHeld) {
    return new WebhookEndpoint(
        endpointId,
        owner,
        newUrl,
        newEvents,
        signature,
        newNumber,
        newFormerUntil,
        newDisabled,
        newHeld,
        createdAt);
  }
}
