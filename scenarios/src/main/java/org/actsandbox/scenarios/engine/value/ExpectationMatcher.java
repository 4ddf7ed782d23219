package org.actsandbox.scenarios.engine.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares an observed value with the value that a file expects.
 *
 * <p>An expected scalar must be equal to the observed one (decimals by value). An expected list
 * requires that every one of its elements occurs in the observed list, in any order. An expected
 * mapping requires these fields; a mapping that consists of the words below is a matcher. A field
 * that starts with a slash is a JSON pointer. If the observed value is a list, a mapping must match
 * any one of its elements.
 */
public final class ExpectationMatcher {

  static final Set<String> MATCHERS =
      Set.of(
          "matches",
          "contains",
          "at_least",
          "at_most",
          "one_of",
          "exists",
          "count",
          "not",
          "exactly",
          "each",
          "any");

  private static final int MAX_SHOWN = 300;

  private ExpectationMatcher() {}

  /** Returns all mismatches; {@code at} is the path of the observed value for their texts. */
  public static List<Mismatch> compare(String at, JsonNode expected, JsonNode observed) {
    if (expected.isObject()) {
      return isMatcher(expected) ? matcher(at, expected, observed) : fields(at, expected, observed);
    }
    if (expected.isArray()) {
      return elements(at, expected, observed);
    }
    return equal(expected, observed) ? List.of() : mismatch(at, describe(expected), observed);
  }

  public static boolean matches(JsonNode expected, JsonNode observed) {
    return compare("", expected, observed).isEmpty();
  }

  private static boolean isMatcher(JsonNode expected) {
    return !expected.isEmpty() && MATCHERS.containsAll(expected.propertyNames());
  }

  private static List<Mismatch> fields(String at, JsonNode expected, JsonNode observed) {
    if (observed.isArray()) {
      for (var element : observed) {
        if (fields(at, expected, element).isEmpty()) {
          return List.of();
        }
      }
      return mismatch(at, "an element with " + describe(expected), observed);
    }
    List<Mismatch> found = new ArrayList<>();
    for (var field : expected.properties()) {
      var name = field.getKey();
      var value = name.startsWith("/") ? observed.at(name) : observed.path(name);
      found.addAll(compare(at.isEmpty() ? name : at + "." + name, field.getValue(), value));
    }
    return found;
  }

  private static List<Mismatch> elements(String at, JsonNode expected, JsonNode observed) {
    if (!observed.isArray()) {
      return mismatch(at, "a list with " + describe(expected), observed);
    }
    List<JsonNode> left = new ArrayList<>(observed.valueStream().toList());
    List<Mismatch> found = new ArrayList<>();
    for (var wanted : expected) {
      var hit = left.stream().filter(each -> matches(wanted, each)).findFirst();
      if (hit.isPresent()) {
        left.remove(hit.get());
      } else {
        found.addAll(mismatch(at, "an element " + describe(wanted), observed));
      }
    }
    return found;
  }

  private static List<Mismatch> matcher(String at, JsonNode words, JsonNode observed) {
    List<Mismatch> found = new ArrayList<>();
    for (var word : words.properties()) {
      found.addAll(word(at, word.getKey(), word.getValue(), observed));
    }
    return found;
  }

  private static List<Mismatch> word(String at, String word, JsonNode value, JsonNode observed) {
    return switch (word) {
      case "matches" ->
          check(pattern(value).matcher(text(observed)).find(), at, word, value, observed);
      case "contains" -> check(text(observed).contains(text(value)), at, word, value, observed);
      case "at_least" -> bound(at, word, value, observed, 1);
      case "at_most" -> bound(at, word, value, observed, -1);
      case "one_of" ->
          check(
              value.valueStream().anyMatch(each -> matches(each, observed)),
              at,
              word,
              value,
              observed);
      case "exists" ->
          check(
              value.asBoolean() == (!observed.isMissingNode() && !observed.isNull()),
              at,
              word,
              value,
              observed);
      case "count" -> compare(at + ".count", value, number(observed.size()));
      case "not" -> check(!matches(value, observed), at, word, value, observed);
      case "exactly" -> exactly(at, value, observed);
      case "each" -> each(at, value, observed);
      case "any" ->
          check(
              observed.valueStream().anyMatch(one -> matches(value, one)),
              at,
              word,
              value,
              observed);
      default -> throw new IllegalStateException("no matcher " + word);
    };
  }

  private static List<Mismatch> exactly(String at, JsonNode expected, JsonNode observed) {
    if (!observed.isArray() || observed.size() != expected.size()) {
      return mismatch(at, "exactly " + describe(expected), observed);
    }
    List<Mismatch> found = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      found.addAll(compare(at + "[" + i + "]", expected.get(i), observed.get(i)));
    }
    return found;
  }

  private static List<Mismatch> each(String at, JsonNode expected, JsonNode observed) {
    if (!observed.isArray() || observed.isEmpty()) {
      return mismatch(at, "elements, each " + describe(expected), observed);
    }
    List<Mismatch> found = new ArrayList<>();
    for (int i = 0; i < observed.size(); i++) {
      found.addAll(compare(at + "[" + i + "]", expected, observed.get(i)));
    }
    return found;
  }

  /**
   * Compares the size of a list, the value of a number or a decimal text, and otherwise the text
   * with a limit; {@code sign} is 1 for a lower and -1 for an upper limit.
   */
  private static List<Mismatch> bound(
      String at, String word, JsonNode limit, JsonNode observed, int sign) {
    var bound = decimal(limit);
    var value = observed.isContainer() ? BigDecimal.valueOf(observed.size()) : decimal(observed);
    boolean held =
        (bound != null && value != null)
            ? value.compareTo(bound) * sign >= 0
            : (observed.isString() && text(observed).compareTo(text(limit)) * sign >= 0);
    return check(held, at, word, limit, observed);
  }

  private static boolean equal(JsonNode expected, JsonNode observed) {
    if (expected.isNull()) {
      return observed.isNull() || observed.isMissingNode();
    }
    if (observed.isMissingNode() || observed.isNull() || observed.isContainer()) {
      return false;
    }
    var left = decimal(expected);
    var right = decimal(observed);
    return (left != null && right != null)
        ? left.compareTo(right) == 0
        : text(expected).equals(text(observed));
  }

  static @Nullable BigDecimal decimal(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue();
    }
    // Only short plain decimals: an id of digits with an e in the middle is not a number.
    return node.isString() && node.stringValue().matches("-?\\d{1,15}(\\.\\d{1,6})?")
        ? new BigDecimal(node.stringValue())
        : null;
  }

  private static Pattern pattern(JsonNode value) {
    try {
      return Pattern.compile(text(value));
    } catch (PatternSyntaxException malformed) {
      throw new UnplayableStep("not a regular expression: " + text(value), malformed);
    }
  }

  /**
   * Returns the text of a string, the JSON of any other value, and an empty text for a missing
   * node.
   */
  public static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : node.isMissingNode() ? "" : node.toString();
  }

  private static JsonNode number(int value) {
    return Json.mapper().getNodeFactory().numberNode(value);
  }

  private static List<Mismatch> check(
      boolean held, String at, String word, JsonNode value, JsonNode observed) {
    return held
        ? List.of()
        : mismatch(at, word.replace('_', ' ') + " " + describe(value), observed);
  }

  /** Returns a list with one mismatch. */
  public static List<Mismatch> mismatch(String at, String expected, JsonNode observed) {
    return List.of(new Mismatch(at, expected, describe(observed)));
  }

  /** Returns the JSON of the value for messages, cut after {@value #MAX_SHOWN} characters. */
  public static String describe(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    var text = node.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
