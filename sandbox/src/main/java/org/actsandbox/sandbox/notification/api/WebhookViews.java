package org.actsandbox.sandbox.notification.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.sandbox.notification.DeliveryAttempt;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/** Groups what the webhook API answers. */
final class WebhookViews {

  private WebhookViews() {}

  /**
   * Represents a webhook endpoint.
   *
   * @param events the chosen events; empty for all
   * @param formerSecretUntil until when the secret before signs as well
   * @param secret the newest secret; answered once, when it is made
   */
  record WebhookView(
      String endpointId,
      Did owner,
      URI url,
      List<NotificationEvent> events,
      WebhookEndpoint.Signature signature,
      boolean disabled,
      boolean held,
      Instant createdAt,
      @Nullable Instant formerSecretUntil,
      @Nullable String secret) {

    static WebhookView of(WebhookEndpoint endpoint, @Nullable String secret) {
      return new WebhookView(
          endpoint.endpointId(),
          endpoint.owner(),
          endpoint.url(),
          List.copyOf(endpoint.orderedEvents()),
          endpoint.signature(),
          endpoint.disabled(),
          endpoint.held(),
          endpoint.createdAt(),
          endpoint.formerSecretUntil(),
          secret);
    }

    @Override
    public String toString() {
      return "WebhookView[" + endpointId + "]";
    }
  }

  record WebhookList(List<WebhookView> items) {}

  /**
   * Represents a line of the delivery log.
   *
   * @param endpointId a webhook endpoint, {@code standard} or {@code callback}
   * @param subject the trade, or for an authority the intent
   */
  record DeliveryView(
      String deliveryId,
      String notificationId,
      NotificationEvent event,
      Did sender,
      Did owner,
      String endpointId,
      String subject,
      DeliveryEntry.Status status,
      int attempts,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant lastAttemptAt,
      @Nullable String lastOutcome) {

    static DeliveryView of(DeliveryEntry entry) {
      return new DeliveryView(
          entry.deliveryId(),
          entry.notification().notificationId(),
          entry.event(),
          entry.sender(),
          entry.owner(),
          entry.endpointId(),
          entry.notification().subject(),
          entry.status(),
          entry.attempts(),
          entry.notification().createdAt(),
          entry.nextAttemptAt(),
          entry.lastAttemptAt(),
          entry.lastOutcome());
    }
  }

  /**
   * Represents an attempt at a delivery.
   *
   * @param at time by the clock of the service that sent it
   * @param status absent if there was no answer
   * @param answer the beginning of the answer with secrets masked; the reason if there is none
   * @param millis real time; absent where a participant asks while the clock is stopped, so that
   *     two runs of one script have the same journal
   */
  record AttemptView(
      int number,
      Instant at,
      String target,
      Map<String, String> requestHeaders,
      @Nullable Integer status,
      Map<String, String> answerHeaders,
      String answer,
      String outcome,
      @Nullable Long millis) {

    /** Leaves out what differs between two runs: real time, and headers such as {@code Date}. */
    static AttemptView timeless(DeliveryAttempt attempt) {
      var headers = new TreeMap<>(attempt.answerHeaders());
      headers.keySet().retainAll(Set.of("content-type", "location"));
      return new AttemptView(
          attempt.number(),
          attempt.at(),
          attempt.target(),
          attempt.requestHeaders(),
          attempt.status(),
          headers,
          attempt.answer(),
          attempt.outcome(),
          null);
    }

    static AttemptView of(DeliveryAttempt attempt) {
      return new AttemptView(
          attempt.number(),
          attempt.at(),
          attempt.target(),
          attempt.requestHeaders(),
          attempt.status(),
          attempt.answerHeaders(),
          attempt.answer(),
          attempt.outcome(),
          attempt.millis());
    }
  }

  /**
   * Represents a delivery with its attempts.
   *
   * @param body the bytes that each attempt sends, which are JSON in UTF-8
   * @param tries the newest attempts, at most 20, oldest first
   */
  record DeliveryDetail(DeliveryView delivery, String body, List<AttemptView> tries) {}

  /**
   * Represents what came of an order to send several deliveries one after another.
   *
   * @param delivered how many were acknowledged
   * @param stoppedAt the delivery that was not acknowledged; nothing was sent after it
   * @param left how many were not sent
   */
  record SentDeliveries(int delivered, @Nullable String stoppedAt, int left) {}
}
