package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.notification.WebhookSignature;

/** Makes the calls of the attempts: address, headers and signatures. */
final class DeliveryCalls {

  /** Ours: how much of an answer is kept; it is there for people who look for a mistake. */
  private static final int MAX_ANSWER = 2_000;

  private static final Map<String, String> FORM_HEADERS =
      Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

  private final ParticipantWorld world;
  private final NotificationChannels channels;
  private final Function<Did, Optional<URI>> standardAddress;
  private final Duration timeout;

  /**
   * @param standardAddress finds the address at which a merchant is notified of payments
   * @param timeout the real time that a receiver has for its answer
   */
  DeliveryCalls(
      ParticipantWorld world,
      NotificationChannels channels,
      Function<Did, Optional<URI>> standardAddress,
      Duration timeout) {
    this.world = world;
    this.channels = channels;
    this.standardAddress = standardAddress;
    this.timeout = timeout;
  }

  /** Makes one attempt; an answer of any kind, and none, is its outcome. */
  DeliveryAttempt call(DeliveryEntry entry, Instant now) {
    if (entry.isStandard()) {
      var address = standardAddress.apply(entry.owner());
      return address.isEmpty()
          ? notSent(entry, now, "the merchant has no address")
          : call(entry, now, address.get(), headers(entry), world.outbound());
    }
    var url = entry.url();
    if (url != null && entry.isForm()) {
      return call(entry, now, url, FORM_HEADERS, channels.network());
    }
    if (url != null) {
      return call(entry, now, url, webhookHeaders(entry, now), channels.network());
    }
    return channels
        .endpoints()
        .find(entry.endpointId())
        .map(endpoint -> call(entry, now, endpoint))
        .orElseGet(() -> notSent(entry, now, "the endpoint was deleted"));
  }

  private DeliveryAttempt call(DeliveryEntry entry, Instant now, WebhookEndpoint endpoint) {
    if (endpoint.disabled()) {
      return notSent(entry, now, "the endpoint is disabled");
    }
    var headers = webhookHeaders(entry, now);
    if (endpoint.signature() == WebhookEndpoint.Signature.SECRET) {
      headers.put(
          WebhookSignature.SIGNATURE_HEADER,
          channels.secrets().valid(endpoint, now).stream()
              .map(
                  secret ->
                      WebhookSignature.sign(
                          secret, entry.notification().notificationId(), now, body(entry)))
              .collect(Collectors.joining(" ")));
    }
    return call(entry, now, endpoint.url(), headers, channels.network());
  }

  private Map<String, String> headers(DeliveryEntry entry) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Act-Sender", entry.sender().value());
    var intentId = entry.notification().intentId();
    if (intentId != null) {
      headers.put("Act-Intent-Id", intentId);
    }
    return headers;
  }

  private Map<String, String> webhookHeaders(DeliveryEntry entry, Instant now) {
    var headers = headers(entry);
    headers.put("Act-Time", now.toString());
    headers.put(WebhookSignature.ID_HEADER, entry.notification().notificationId());
    headers.put(WebhookSignature.TIMESTAMP_HEADER, String.valueOf(now.getEpochSecond()));
    return headers;
  }

  private DeliveryAttempt call(
      DeliveryEntry entry,
      Instant now,
      URI target,
      Map<String, String> headers,
      OutboundClient client) {
    long start = System.nanoTime();
    try {
      var answer =
          client.send(new OutboundClient.Call("POST", target, headers, body(entry), timeout));
      var attempt =
          new DeliveryAttempt(
              entry.attempts() + 1,
              now,
              target.toString(),
              headers,
              answer.status(),
              headers(answer),
              text(answer.body()),
              "status " + answer.status(),
              millisSince(start));
      return attempt.isDelivered() && !entry.isAcknowledgedBy(attempt)
          ? attempt.withOutcome("status " + answer.status() + ", the answer is not: success")
          : attempt;
    } catch (NoAnswerException silence) {
      return new DeliveryAttempt(
          entry.attempts() + 1,
          now,
          target.toString(),
          headers,
          null,
          Map.of(),
          reason(silence),
          silence.isTimeout() ? "no answer in time" : "no answer",
          millisSince(start));
    }
  }

  private static String reason(NoAnswerException silence) {
    var cause = silence.getCause();
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }

  private static DeliveryAttempt notSent(DeliveryEntry entry, Instant now, String why) {
    return new DeliveryAttempt(entry.attempts() + 1, now, "", Map.of(), null, Map.of(), "", why, 0);
  }

  private static byte[] body(DeliveryEntry entry) {
    return entry.notification().body().getBytes(StandardCharsets.UTF_8);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private Map<String, String> headers(OutboundClient.Answer answer) {
    var headers = new TreeMap<String, String>();
    answer
        .headers()
        .forEach(
            (name, values) ->
                headers.put(name, channels.masking().apply(String.join(", ", values))));
    return headers;
  }

  /** Returns the beginning of an answer without characters that a database does not take. */
  private String text(byte[] body) {
    var text =
        new String(body, 0, Math.min(body.length, 2 * MAX_ANSWER), StandardCharsets.UTF_8)
            .replace('\0', '\ufffd');
    var masked = channels.masking().apply(text);
    return masked.length() <= MAX_ANSWER ? masked : masked.substring(0, MAX_ANSWER);
  }
}
