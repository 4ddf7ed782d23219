package org.actsandbox.protocol.a402;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Encodes and decodes the three A402 headers, which carry UTF-8 JSON as base64url without padding
 * (ACT A402-2).
 */
public final class A402Headers {

  public static final String PAYMENT_NEEDED = "Payment-Needed";
  public static final String PAYMENT_PROOF = "Payment-Proof";
  public static final String PAYMENT_VALIDATION = "Payment-Validation";

  /**
   * Ours, in characters: many servers refuse header lines over 8 KiB, so neither side sends more.
   */
  public static final int MAX_LENGTH = 8 * 1024;

  private A402Headers() {}

  public static String encode(Object payload) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(payload));
  }

  /**
   * Decodes a header to its two layers with all received fields, because signatures cover every
   * field.
   *
   * @param header name of the header, for the refusal
   * @throws Refusal {@code header_too_large} or {@code header_malformed}, with the header's name
   */
  public static JsonNode decode(String header, String value) {
    var tree = parse(header, text(header, value));
    if (!tree.isObject() || !tree.path("protocol").isObject() || !tree.path("method").isObject()) {
      throw malformed(header, "is not an object with the layers protocol and method", "two layers");
    }
    return tree;
  }

  /**
   * Decodes a header to the text in it, which need not be JSON.
   *
   * @throws Refusal as {@link #decode}
   */
  public static String text(String header, String value) {
    if (value.length() > MAX_LENGTH) {
      throw new Refusal(Problem.HEADER_TOO_LARGE, header + " is too long")
          .at(header)
          .expected("at most " + MAX_LENGTH + " characters")
          .observed(value.length() + " characters");
    }
    return utf8(header, bytes(header, value));
  }

  private static byte[] bytes(String header, String value) {
    if (value.isEmpty() || value.indexOf('=') >= 0) {
      throw malformed(header, "is empty or padded", "base64url without padding");
    }
    try {
      return Base64.getUrlDecoder().decode(value);
    } catch (IllegalArgumentException notBase64Url) {
      throw malformed(header, "is not base64url", "base64url without padding (A-Z a-z 0-9 - _)");
    }
  }

  private static String utf8(String header, byte[] bytes) {
    if (isAscii(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed(header, "does not decode to UTF-8", "UTF-8 JSON");
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode parse(String header, String text) {
    try {
      return Json.parse(text);
    } catch (JacksonException notJson) {
      throw malformed(header, "does not decode to JSON", "UTF-8 JSON without duplicate keys");
    }
  }

  private static Refusal malformed(String header, String what, String expected) {
    return new Refusal(Problem.HEADER_MALFORMED, header + " " + what).at(header).expected(expected);
  }
}
