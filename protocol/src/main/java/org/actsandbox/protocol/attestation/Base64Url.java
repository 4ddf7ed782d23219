package org.actsandbox.protocol.attestation;

import java.util.Base64;
import java.util.Optional;

/**
 * Encodes and decodes base64url without padding. Only one text per value is accepted: without this
 * rule, spare bits would give one value several texts.
 */
public final class Base64Url {

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns empty for text that is not base64url or that {@link #encode} would write otherwise. */
  public static Optional<byte[]> decode(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64Url) {
      return Optional.empty();
    }
  }
}
