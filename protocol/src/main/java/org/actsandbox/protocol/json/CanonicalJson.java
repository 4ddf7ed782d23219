package org.actsandbox.protocol.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.jspecify.annotations.Nullable;
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
    return bytes(tree, null);
  }

  /**
   * Returns the canonical UTF-8 bytes of {@code object} without its member {@code left}; it fails
   * as {@link #bytes(JsonNode)} does, but does not look at that member.
   */
  public static byte[] bytesWithout(String left, ObjectNode object) {
    return bytes(object, left);
  }

  private static byte[] bytes(JsonNode tree, @Nullable String left) {
    ProtocolCost.CANONICALIZATIONS.count();
    requireForm(tree, left);
    var writer = new CanonicalWriter(1024);
    writer.write(tree, left);
    return writer.take();
  }

  /**
   * @param left a member of the root that is not looked at; null for none
   * @throws IllegalArgumentException if there is no canonical form
   */
  static void requireForm(JsonNode tree, @Nullable String left) {
    var mismatch = new Walk(false, left).first(tree);
    if (mismatch != null) {
      throw new IllegalArgumentException(
          "%s: expected %s, was %s"
              .formatted(
                  mismatch.at().isEmpty() ? "the value" : mismatch.at(),
                  mismatch.expected(),
                  mismatch.observed()));
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
    return Optional.ofNullable(new Walk(true, null).first(tree));
  }

  /** Looks for a place without a canonical form, and knows the path on which it is. */
  private static final class Walk {

    private final boolean fromWire;
    private final @Nullable String left;
    private final StringBuilder at = new StringBuilder();

    /**
     * @param left a member of the root that is not looked at; null for none
     */
    Walk(boolean fromWire, @Nullable String left) {
      this.fromWire = fromWire;
      this.left = left;
    }

    /** Recursion is limited, because {@link Json} reads at most 64 levels. */
    @Nullable JsonMismatch first(JsonNode node) {
      return switch (node) {
        case StringNode text -> text(text.stringValue(), at, fromWire);
        case NumericNode number -> number(number, at);
        case ObjectNode object -> object(object);
        case ArrayNode array -> array(array);
        default -> null;
      };
    }

    private @Nullable JsonMismatch array(ArrayNode array) {
      int outer = at.length();
      for (int i = 0; i < array.size(); i++) {
        at.append('[').append(i).append(']');
        var found = first(array.get(i));
        if (found != null) {
          return found;
        }
        at.setLength(outer);
      }
      return null;
    }

    private @Nullable JsonMismatch object(ObjectNode object) {
      int outer = at.length();
      for (var entry : object.properties()) {
        if (outer == 0 && entry.getKey().equals(left)) {
          continue;
        }
        // The path does not contain this name, because the name itself cannot be written.
        var name = text(entry.getKey(), at, fromWire);
        if (name != null) {
          return name;
        }
        if (outer > 0) {
          at.append('.');
        }
        at.append(entry.getKey());
        var found = first(entry.getValue());
        if (found != null) {
          return found;
        }
        at.setLength(outer);
      }
      return null;
    }
  }

  private static @Nullable JsonMismatch number(NumericNode node, CharSequence at) {
    if (node.isNaN()) {
      return new JsonMismatch(at.toString(), "a number", "none");
    }
    if (node.isInt()) {
      return null;
    }
    var number = node.decimalValue();
    boolean exact =
        number.abs().compareTo(MAX_SAFE) <= 0
            && new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) == 0;
    return exact
        ? null
        : new JsonMismatch(
            at.toString(),
            "a number that a double holds exactly, or a text: amounts are texts",
            number.toString());
  }

  private static @Nullable JsonMismatch text(String text, CharSequence at, boolean fromWire) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return new JsonMismatch(
            at.toString(), "Unicode text", "half of a surrogate pair at character " + i);
      }
      if (fromWire && codePoint == 0) {
        return new JsonMismatch(at.toString(), "a text without U+0000", "U+0000 at character " + i);
      }
      i += Character.charCount(codePoint);
    }
    return null;
  }
}
