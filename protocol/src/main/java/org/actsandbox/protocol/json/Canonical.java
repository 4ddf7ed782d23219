package org.actsandbox.protocol.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;

/**
 * RFC 8785 canonical JSON (ACT ADD-4), refusing what two implementations could read differently.
 */
public final class Canonical {

  private static final BigDecimal MAX_SAFE = BigDecimal.valueOf((1L << 53) - 1);

  private Canonical() {}

  /**
   * The canonical UTF-8 bytes of {@code tree}.
   *
   * @throws IllegalArgumentException on lone surrogates, and on numbers that a double cannot hold
   *     exactly: amounts travel as strings
   */
  public static byte[] bytes(JsonNode tree) {
    check(tree);
    try {
      return new JsonCanonicalizer(Json.write(tree)).getEncodedUTF8();
    } catch (IOException notJson) {
      throw new IllegalArgumentException(
          "cannot be canonicalized: " + notJson.getMessage(), notJson);
    }
  }

  public static String text(JsonNode tree) {
    return new String(bytes(tree), StandardCharsets.UTF_8);
  }

  private static void check(JsonNode node) {
    if (node.isString()) {
      checkText(node.stringValue());
    } else if (node.isNumber()) {
      checkNumber(node.decimalValue());
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              entry -> {
                checkText(entry.getKey());
                check(entry.getValue());
              });
    } else if (node.isArray()) {
      node.forEach(Canonical::check);
    }
  }

  private static void checkNumber(BigDecimal number) {
    if (number.abs().compareTo(MAX_SAFE) > 0
        || new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) != 0) {
      throw new IllegalArgumentException(
          "number " + number + " has no exact double: send it as a string");
    }
  }

  private static void checkText(String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException("lone surrogate at character " + i);
      }
      i += Character.charCount(codePoint);
    }
  }
}
