package org.actsandbox.alipay.a2m;

import java.util.Base64;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;

/** Reads and writes header values: JSON in Base64, of which the documents disagree (AIP-149). */
final class HeaderText {

  /** Ours, in characters: the limit of the strictest public seller (AIP-149). */
  private static final int MAX_LENGTH = 32 * 1024;

  private HeaderText() {}

  static String encode(Object payload) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(payload));
  }

  /** Takes both alphabets, with or without padding; empty if the value is not such JSON. */
  static <T> Optional<T> decode(String value, Class<T> type) {
    var text = value.strip().replace('-', '+').replace('_', '/').replaceAll("=+$", "");
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      var tree = Json.parse(Base64.getDecoder().decode(text));
      return tree.isObject() ? Optional.of(Json.read(tree, type)) : Optional.empty();
    } catch (IllegalArgumentException | JacksonException notSuchJson) {
      return Optional.empty();
    }
  }
}
