package org.actsandbox.web.console.decoder;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Lists the fields of a JSON message, each with its meaning. */
public final class FieldExplanations {

  private static final int MAX_FIELDS = 400;
  private static final int MAX_DEPTH = 12;

  /** Ours: a longer object is folded, so that the message stays on one screen. */
  private static final int OPEN_FIELDS = 14;

  private static final List<String> NAMES =
      List.of("title", "name", "label", "order_no", "out_trade_no", "type", "offer_id", "item_id");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
  private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,12}\\.\\d\\d");
  private static final Pattern AMOUNT_NAME =
      Pattern.compile("(?:amount|total|price|fee|balance|refunded)$");
  private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();

  private final PageText pageText;
  private final List<DecodedEntry.Field> fields = new ArrayList<>();
  private int nodes;

  private FieldExplanations(PageText pageText) {
    this.pageText = pageText;
  }

  public static DecodedEntry.Part of(String title, JsonNode json, PageText pageText) {
    var fieldExplanations = new FieldExplanations(pageText);
    fieldExplanations.flatten("", json, "", 0);
    return new DecodedEntry.Part(
        title,
        List.copyOf(fieldExplanations.fields),
        fieldExplanations.children(json, "", 0),
        PRETTY.writeValueAsString(json),
        hostileTexts(json).distinct().toList());
  }

  private static Stream<String> hostileTexts(JsonNode node) {
    return node.isContainer()
        ? node.valueStream().flatMap(FieldExplanations::hostileTexts)
        : Stream.of(node.asString("")).filter(HostileText::isIn);
  }

  private List<FieldNode> children(JsonNode node, String outerCurrency, int depth) {
    if (depth > MAX_DEPTH || nodes > MAX_FIELDS) {
      return List.of();
    }
    var currency = currency(node, outerCurrency);
    if (node.isObject()) {
      return node.properties().stream()
          .map(field -> node(field.getKey(), field.getValue(), currency, depth))
          .toList();
    }
    return IntStream.range(0, node.size())
        .mapToObj(i -> node(String.valueOf(i + 1), node.get(i), currency, depth))
        .toList();
  }

  /** Returns the currency that an object says for its amounts, or that of the object around it. */
  private static String currency(JsonNode node, String outer) {
    return node.path("currency").asString(outer);
  }

  private FieldNode node(String name, JsonNode value, String currency, int depth) {
    nodes++;
    if (!value.isContainer()) {
      return new FieldNode(
          name,
          text(value),
          local(name, value, currency),
          meaning(name),
          "value",
          List.of(),
          false,
          HostileText.isIn(text(value)));
    }
    boolean open = value.isObject() && depth == 0 && value.size() <= OPEN_FIELDS;
    var children = children(value, currency, depth + 1);
    boolean hostile = children.stream().anyMatch(FieldNode::hostile);
    return new FieldNode(
        name,
        about(value),
        "",
        meaning(name),
        value.isObject() ? "object" : "list",
        children,
        open || hostile,
        hostile);
  }

  /** Says in a folded object which one it is, by the first of its fields that names it. */
  private String about(JsonNode value) {
    for (var name : NAMES) {
      var named = value.path(name);
      var text = named.isObject() ? named.path(pageText.lang()).asString("") : named.asString("");
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "null" : value.asString();
  }

  /**
   * Returns a moment in the reader's time, and an amount with the currency that its message says;
   * empty for another value.
   */
  private String local(String name, JsonNode value, String currency) {
    var text = value.isString() ? value.asString("") : "";
    if (!currency.isEmpty() && AMOUNT_NAME.matcher(name).find() && AMOUNT.matcher(text).matches()) {
      return pageText.amount(text, currency);
    }
    if (!MOMENT.matcher(text).matches()) {
      return "";
    }
    try {
      return pageText.exactMoment(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException foreign) {
      return "";
    }
  }

  private void flatten(String path, JsonNode node, String outerCurrency, int depth) {
    if (fields.size() >= MAX_FIELDS || depth > MAX_DEPTH) {
      return;
    }
    var currency = currency(node, outerCurrency);
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      currency,
                      depth + 1));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), currency, depth + 1);
      }
    } else {
      fields.add(
          new DecodedEntry.Field(path, text(node), local(path, node, currency), meaning(path)));
    }
  }

  private String meaning(String path) {
    var name = path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]", "");
    return pageText.sayOr("field." + name, "");
  }
}
