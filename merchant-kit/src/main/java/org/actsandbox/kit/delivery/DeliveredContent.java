package org.actsandbox.kit.delivery;

import java.util.Map;
import java.util.TreeMap;

/**
 * Is the HTTP answer that a buyer gets for a good proof.
 *
 * @param status 200 to 299
 * @param headers by name in lower case, such as {@code content-type}
 */
public record DeliveredContent(int status, Map<String, String> headers, DeliveryBody body) {

  public DeliveredContent {
    if (status < 200 || status > 299) {
      throw new IllegalArgumentException("only an answer 2xx delivers something, not " + status);
    }
    headers = Map.copyOf(new TreeMap<>(headers));
  }

  /** Makes a delivery of JSON text. */
  public static DeliveredContent json(String json) {
    return new DeliveredContent(
        200, Map.of("content-type", "application/json"), DeliveryBody.of(json));
  }
}
