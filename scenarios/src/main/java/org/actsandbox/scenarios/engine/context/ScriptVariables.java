package org.actsandbox.scenarios.engine.context;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.NearestWord;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the values that a scenario has captured and fills them in for {@code ${name}} and {@code
 * ${name/pointer}}.
 *
 * <p>A text that consists of one reference becomes the value itself. A text with references that
 * reads as an arithmetic expression after filling ({@code "${before} - ${price}"}) becomes its
 * result.
 */
public final class ScriptVariables {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z][a-z0-9_]*)(/[^}]*)?}");
  private static final Pattern SUM =
      Pattern.compile("\\s*-?\\d+(\\.\\d+)?(\\s+[-+*]\\s+-?\\d+(\\.\\d+)?)+\\s*");
  private static final Pattern TERM = Pattern.compile("([-+*])\\s+(-?\\d+(?:\\.\\d+)?)");

  private final Map<String, JsonNode> values = new TreeMap<>();

  public void put(String name, JsonNode value) {
    values.put(name, value);
  }

  JsonNode get(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new UnplayableStep(
          "nothing is called %s here%s"
              .formatted(
                  name,
                  NearestWord.find(name, values.keySet())
                      .map(near -> "; did you mean " + near + "?")
                      .orElse("; there is " + String.join(", ", values.keySet()))));
    }
    return value;
  }

  /**
   * Returns a copy of the value with every reference filled in.
   *
   * @throws UnplayableStep if a reference names no captured value
   */
  public JsonNode fill(JsonNode node) {
    if (node.isString()) {
      return filled(node.stringValue());
    }
    if (node.isArray()) {
      var array = Json.mapper().createArrayNode();
      node.forEach(item -> array.add(fill(item)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = Json.object();
      node.properties()
          .forEach(field -> object.set(text(filled(field.getKey())), fill(field.getValue())));
      return object;
    }
    return node;
  }

  private JsonNode filled(String text) {
    var matcher = REFERENCE.matcher(text);
    if (!matcher.find()) {
      return Json.tree(text);
    }
    if (matcher.matches()) {
      return resolve(matcher);
    }
    matcher.reset();
    var result = matcher.replaceAll(found -> Matcher.quoteReplacement(text(resolve(found))));
    return Json.tree(SUM.matcher(result).matches() ? sum(result) : result);
  }

  private JsonNode resolve(MatchResult reference) {
    var value = get(reference.group(1));
    var pointer = reference.group(2);
    var found = pointer == null ? value : value.at(pointer);
    if (found.isMissingNode()) {
      throw new UnplayableStep(
          "%s has no %s; it is %s"
              .formatted(reference.group(1), pointer, ExpectationMatcher.describe(value)));
    }
    return found;
  }

  /** Calculates from left to right, without precedence of multiplication. */
  private static String sum(String text) {
    var first = text.strip().split("\\s+", 2)[0];
    var result = new BigDecimal(first);
    var terms = TERM.matcher(text.strip().substring(first.length()));
    while (terms.find()) {
      var term = new BigDecimal(terms.group(2));
      result =
          switch (terms.group(1)) {
            case "+" -> result.add(term);
            case "-" -> result.subtract(term);
            default -> result.multiply(term);
          };
    }
    return result.toPlainString();
  }

  private static String text(JsonNode node) {
    return ExpectationMatcher.text(node);
  }
}
