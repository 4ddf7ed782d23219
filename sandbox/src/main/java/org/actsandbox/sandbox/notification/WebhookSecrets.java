package org.actsandbox.sandbox.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.protocol.notification.WebhookSignature;

/**
 * Derives the secrets of webhook endpoints from the world's key secret, so that none is stored.
 *
 * @param derived returns 32 bytes for a purpose
 */
public record WebhookSecrets(Function<String, byte[]> derived) {

  /** Returns the newest secret of an endpoint. */
  public String newest(WebhookEndpoint endpoint) {
    return secret(endpoint, endpoint.secretNumber());
  }

  /** Returns the secrets that sign now, the newest first. */
  List<String> valid(WebhookEndpoint endpoint, Instant now) {
    var formerUntil = endpoint.formerSecretUntil();
    return formerUntil != null && now.isBefore(formerUntil)
        ? List.of(newest(endpoint), secret(endpoint, endpoint.secretNumber() - 1))
        : List.of(newest(endpoint));
  }

  private String secret(WebhookEndpoint endpoint, int number) {
    return WebhookSignature.secret(
        derived.apply("webhook secret " + endpoint.endpointId() + " " + number));
  }
}
