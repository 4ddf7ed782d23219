package org.actsandbox.sandbox.external.relay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.notification.WebhookSignature;
import org.springframework.http.HttpHeaders;

/**
 * Says which headers pass between a world and a merchant from outside. Role keys and cookies never
 * do: the merchant is told what it must know and no more, and its answer arrives at an address of
 * this server, where a cookie or a script of its own would be taken for the console's.
 */
final class RelayedHeaders {

  private static final String SENDER = "act-sender";

  /** Tells the merchant the world's time, by which holds and bills end. */
  private static final String TIME = "act-time";

  private static final Set<String> REQUEST =
      Set.of(
          "accept",
          "accept-language",
          "cache-control",
          "content-language",
          "content-type",
          "idempotency-key",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "range",
          WebhookSignature.ID_HEADER,
          WebhookSignature.TIMESTAMP_HEADER,
          WebhookSignature.SIGNATURE_HEADER,
          SENDER,
          "act-intent-id",
          "payment-proof");

  private static final Set<String> ANSWER =
      Set.of(
          "accept-ranges",
          "allow",
          "cache-control",
          "content-disposition",
          "content-language",
          "content-range",
          "content-type",
          "etag",
          "last-modified",
          "location",
          "payment-needed",
          "payment-validation",
          "retry-after",
          "vary",
          "www-authenticate");

  private static final String ANY = "x-";
  private static final String FORWARDED = "x-forwarded";

  private RelayedHeaders() {}

  /**
   * Returns the headers of the request as the merchant gets it.
   *
   * @param now the time by the clock that the world shows this merchant
   */
  static Map<String, String> ofRequest(HttpHeaders headers, Caller caller, Instant now) {
    var relayed = new LinkedHashMap<String, String>();
    headers.forEach(
        (name, values) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          if (REQUEST.contains(lower) || (lower.startsWith(ANY) && !lower.startsWith(FORWARDED))) {
            relayed.put(lower, String.join(", ", values));
          }
        });
    // A key proves the sender; without one the sender is a claim and stays what it is.
    caller.did().ifPresent(did -> relayed.put(SENDER, did.value()));
    relayed.put(TIME, now.toString());
    return relayed;
  }

  /** Puts the headers of the merchant's answer into the answer of this server. */
  static void ofAnswer(OutboundClient.Answer answer, HttpHeaders headers) {
    answer.headers().forEach((name, values) -> add(headers, name, values));
    headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
  }

  private static void add(HttpHeaders headers, String name, List<String> values) {
    if (ANSWER.contains(name) || name.startsWith(ANY)) {
      headers.put(name, List.copyOf(values));
    }
  }
}
