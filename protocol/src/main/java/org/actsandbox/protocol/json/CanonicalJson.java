package org.actsandbox.protocol.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes RFC 8785 canonical JSON (ACT ADD-4), and refuses input that two implementations could read
 * differently.
 */
public final class CanonicalJson {

  private static final BigDecimal MAX_SAFE = BigDecimal.valueOf((1L << 53) - 1);

  private CanonicalJson() {}

  /**
   * Returns the canonical UTF-8 bytes of {@code tree}.
   *
   * @throws IllegalArgumentException on lone surrogates, and on numbers that a double cannot hold
   *     exactly: amounts travel as strings
   */
  public static byte[] bytes(JsonNode tree) {
    ProtocolCost.CANONICALIZATIONS.count();
    check(tree);
    try {
      return new JsonCanonicalizer(Json.write(tree)).getEncodedUTF8();
    } catch (IOException notJson) {
      throw new IllegalArgumentException(
          "cannot be canonicalized: " + notJson.getMessage(), notJson);
    }
  }

  /** Returns the canonical text of {@code tree}; it fails as {@link #bytes} does. */
  public static String text(JsonNode tree) {
    return new String(bytes(tree), StandardCharsets.UTF_8);
  }

  /**
   * Finds the first place in {@code tree} that two readers could understand differently: a number
   * without an exact double, half of a surrogate pair, or U+0000, which not every database can
   * store. Call it for received messages before any check of signatures.
   *
   * @return empty if there is no such place
   */
  public static Optional<JsonMismatch> findMismatch(JsonNode tree) {
    return firstMismatch(tree, "", true);
  }

  private static void check(JsonNode tree) {
    firstMismatch(tree, "", false)
        .ifPresent(
            mismatch -> {
              throw new IllegalArgumentException(
                  "%s: expected %s, was %s"
                      .formatted(
                          mismatch.at().isEmpty() ? "the value" : mismatch.at(),
                          mismatch.expected(),
                          mismatch.observed()));
            });
  }

  /** Recursion is limited, because {@link Json} reads at most 64 levels. */
  private static Optional<JsonMismatch> firstMismatch(JsonNode node, String at, boolean fromWire) {
    return switch (node) {
      case StringNode text -> text(text.stringValue(), at, fromWire);
      case NumericNode number -> number(number, at);
      case ObjectNode object -> object(object, at, fromWire);
      case ArrayNode array ->
          IntStream.range(0, array.size())
              .mapToObj(i -> firstMismatch(array.get(i), at + "[" + i + "]", fromWire))
              .flatMap(Optional::stream)
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static Optional<JsonMismatch> object(ObjectNode object, String at, boolean fromWire) {
    for (var entry : object.properties()) {
      // The path does not contain this name, because the name itself cannot be written.
      var name = text(entry.getKey(), at, fromWire);
      if (name.isPresent()) {
        return name;
      }
      var below = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
      var found = firstMismatch(entry.getValue(), below, fromWire);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonMismatch> number(NumericNode node, String at) {
    if (node.isNaN()) {
      return Optional.of(new JsonMismatch(at, "a number", "none"));
    }
    var number = node.decimalValue();
    boolean exact =
        number.abs().compareTo(MAX_SAFE) <= 0
            && new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) == 0;
    return exact
        ? Optional.empty()
        : Optional.of(
            new JsonMismatch(
                at,
                "a number that a double holds exactly, or a text: amounts are texts",
                number.toString()));
  }

  private static Optional<JsonMismatch> text(String text, String at, boolean fromWire) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return Optional.of(
            new JsonMismatch(at, "Unicode text", "half of a surrogate pair at character " + i));
      }
      if (fromWire && codePoint == 0) {
        return Optional.of(
            new JsonMismatch(at, "a text without U+0000", "U+0000 at character " + i));
      }
      i += Character.charCount(codePoint);
    }
    return Optional.empty();
  }
}
