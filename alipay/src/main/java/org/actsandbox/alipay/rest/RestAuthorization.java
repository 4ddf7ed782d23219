package org.actsandbox.alipay.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the {@code authorization} header of a v3 request (AIP-102).
 *
 * @param signedText the header's parts up to but without {@code ,sign=}
 * @param parts all parts by name, {@code sign} included
 */
public record RestAuthorization(String signedText, Map<String, String> parts) {

  public static final String SCHEME = "ALIPAY-SHA256withRSA";

  public RestAuthorization {
    parts = Map.copyOf(parts);
  }

  /** Returns the header's content; empty if it is of another scheme or has no signature. */
  public static Optional<RestAuthorization> read(String header) {
    if (!header.startsWith(SCHEME + " ")) {
      return Optional.empty();
    }
    var text = header.substring(SCHEME.length() + 1).strip();
    int sign = text.lastIndexOf(",sign=");
    if (sign < 0) {
      return Optional.empty();
    }
    var parts = new LinkedHashMap<String, String>();
    for (var part : text.substring(0, sign).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1));
      }
    }
    parts.put("sign", text.substring(sign + ",sign=".length()));
    return Optional.of(new RestAuthorization(text.substring(0, sign), parts));
  }

  /**
   * Returns the text that the request signs (AIP-103).
   *
   * @param pathAndQuery as sent
   * @param body empty if there is none
   */
  public String stringToSign(
      String method, String pathAndQuery, String body, @Nullable String appAuthToken) {
    var text = String.join("\n", signedText, method, pathAndQuery, body) + "\n";
    return appAuthToken == null || appAuthToken.isEmpty() ? text : text + appAuthToken + "\n";
  }

  /** Returns the text that a v3 answer signs (AIP-104). */
  public static String answerToSign(String timestamp, String nonce, String body) {
    return String.join("\n", timestamp, nonce, body) + "\n";
  }
}
