package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BLANKS_AFTER_SEPARATORS;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.HTML_ESCAPED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.MEMBER_NOT_SIGNED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.NON_ASCII_ESCAPED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.NOT_SORTED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.NULL_MEMBERS_LEFT_OUT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.NUMBER_FORM;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.OTHER_UNICODE_FORM;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PRETTY_PRINTED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SLASHES_ESCAPED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SORTED_AT_TOP_ONLY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SORTED_WITHOUT_CASE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.JsonStyle.Escapes;
import org.actsandbox.sandbox.doctor.act.JsonStyle.Order;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a JSON object in the wrong ways in which programs sign one, the commonest first. */
public final class JsonVariants {

  /** Ours: more members than a message of the protocol has. */
  private static final int MOST_PLACES = 80;

  private static final int MAX_DEPTH = 8;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final ObjectNode object;

  public JsonVariants(ObjectNode object) {
    this.object = object;
  }

  public Stream<TextCandidate> all() {
    return Stream.of(orders(), layouts(), escapes(), nulls(), numbers(), missingMembers())
        .flatMap(each -> each);
  }

  private static TextCandidate written(SignatureCause cause, JsonStyle style, JsonNode tree) {
    return TextCandidate.of(cause, style.write(tree));
  }

  private Stream<TextCandidate> orders() {
    var canonical = JsonStyle.CANONICAL;
    return Stream.of(
        written(NOT_SORTED, canonical.in(Order.ARRIVED), object),
        written(NOT_SORTED, canonical.in(Order.ARRIVED).withNumbersAsWritten(), object),
        written(
            NOT_SORTED, canonical.in(Order.ARRIVED).with(Escapes.NON_ASCII_AND_SLASHES), object),
        written(NOT_SORTED, canonical.in(Order.REVERSED), object),
        written(SORTED_AT_TOP_ONLY, canonical.in(Order.SORTED_AT_TOP), object),
        written(SORTED_WITHOUT_CASE, canonical.in(Order.WITHOUT_CASE), object),
        written(SORTED_WITHOUT_CASE, canonical.in(Order.BY_CODE_POINT), object));
  }

  private Stream<TextCandidate> layouts() {
    return Stream.of(Order.ARRIVED, Order.SORTED)
        .flatMap(
            order -> {
              var style = JsonStyle.CANONICAL.in(order);
              return Stream.concat(
                  Stream.of(style, style.withNumbersAsWritten())
                      .flatMap(JsonVariants::indented)
                      .map(each -> written(PRETTY_PRINTED, each, object)),
                  Stream.of(
                      written(BLANKS_AFTER_SEPARATORS, style.separated(": ", ", "), object),
                      written(
                          BLANKS_AFTER_SEPARATORS,
                          style.separated(": ", ", ").with(Escapes.NON_ASCII_LOWER),
                          object)));
            });
  }

  private static Stream<JsonStyle> indented(JsonStyle style) {
    return Stream.of(
        style.indented("  "),
        style.indented("    "),
        style.indented("\t"),
        style.indented("  ").separated(" : ", ",").withArraysOnOneLine());
  }

  private Stream<TextCandidate> escapes() {
    var canonical = JsonStyle.CANONICAL;
    var decomposed = mapTexts(object, text -> Normalizer.normalize(text, Normalizer.Form.NFD));
    var composed = mapTexts(object, text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    return Stream.of(
        written(NON_ASCII_ESCAPED, canonical.with(Escapes.NON_ASCII_LOWER), object),
        written(NON_ASCII_ESCAPED, canonical.with(Escapes.NON_ASCII_UPPER), object),
        written(SLASHES_ESCAPED, canonical.with(Escapes.SLASHES), object),
        written(SLASHES_ESCAPED, canonical.with(Escapes.NON_ASCII_AND_SLASHES), object),
        written(HTML_ESCAPED, canonical.with(Escapes.HTML), object),
        written(OTHER_UNICODE_FORM, canonical, composed),
        written(OTHER_UNICODE_FORM, canonical, decomposed));
  }

  private Stream<TextCandidate> nulls() {
    var without = object.deepCopy();
    removeNulls(without, 0);
    return Stream.of(written(NULL_MEMBERS_LEFT_OUT, JsonStyle.CANONICAL, without));
  }

  /** Is a member or an element, so that a copy of the object can have another value there. */
  private record Place(List<Object> steps) {

    Place below(Object step) {
      var longer = new ArrayList<>(steps);
      longer.add(step);
      return new Place(longer);
    }

    JsonNode parent(JsonNode root) {
      var node = root;
      for (var step : steps.subList(0, steps.size() - 1)) {
        node = step instanceof Integer index ? node.path(index) : node.path((String) step);
      }
      return node;
    }

    ObjectNode replaced(ObjectNode root, JsonNode value) {
      var copy = root.deepCopy();
      switch (parent(copy)) {
        case ObjectNode parent -> parent.set((String) steps.getLast(), value);
        case ArrayNode parent -> parent.set((Integer) steps.getLast(), value);
        default -> throw new IllegalStateException("no place " + this);
      }
      return copy;
    }

    ObjectNode removed(ObjectNode root) {
      var copy = root.deepCopy();
      switch (parent(copy)) {
        case ObjectNode parent -> parent.remove((String) steps.getLast());
        case ArrayNode parent -> parent.remove((Integer) steps.getLast());
        default -> throw new IllegalStateException("no place " + this);
      }
      return copy;
    }

    @Override
    public String toString() {
      var text = new StringBuilder();
      for (var step : steps) {
        if (step instanceof Integer) {
          text.append('[').append(step).append(']');
        } else {
          text.append(text.isEmpty() ? "" : ".").append(step);
        }
      }
      return text.toString();
    }
  }

  private Stream<TextCandidate> numbers() {
    var canonical = JsonStyle.CANONICAL;
    var all =
        Stream.of(
            written(NUMBER_FORM, canonical.withNumbersAsWritten(), object),
            written(NUMBER_FORM, canonical.withNumbersAsWritten(), scaled(object, 1)),
            written(NUMBER_FORM, canonical.withNumbersAsWritten(), scaled(object, 2)));
    return Stream.concat(all, places().stream().flatMap(this::otherNumbers));
  }

  /** Writes one value as the number, text, short or long form of the same amount. */
  private Stream<TextCandidate> otherNumbers(PlacedValue placed) {
    var value = placed.value();
    boolean isText = value.isString() && DECIMAL.matcher(value.stringValue()).matches();
    if (!isText && !value.isNumber()) {
      return Stream.empty();
    }
    var amount = isText ? new BigDecimal(value.stringValue()) : value.decimalValue();
    var forms = new ArrayList<JsonNode>();
    var mapper = Json.mapper().getNodeFactory();
    forms.add(mapper.numberNode(amount));
    forms.add(mapper.numberNode(new BigDecimal(plain(amount))));
    forms.add(mapper.stringNode(amount.toPlainString()));
    forms.add(mapper.stringNode(plain(amount)));
    if (amount.scale() <= 2) {
      forms.add(mapper.stringNode(amount.setScale(2, RoundingMode.UNNECESSARY).toPlainString()));
      forms.add(mapper.stringNode(plain(amount.multiply(HUNDRED))));
    }
    return forms.stream()
        .filter(form -> !form.equals(value))
        .map(
            form ->
                TextCandidate.of(
                    NUMBER_FORM,
                    placed.place().toString(),
                    JsonStyle.CANONICAL
                        .withNumbersAsWritten()
                        .write(placed.place().replaced(object, form))));
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  private Stream<TextCandidate> missingMembers() {
    return places().stream()
        .map(
            placed ->
                TextCandidate.of(
                    MEMBER_NOT_SIGNED,
                    placed.place().toString(),
                    JsonStyle.CANONICAL.write(placed.place().removed(object))));
  }

  private record PlacedValue(Place place, JsonNode value) {}

  private List<PlacedValue> places() {
    var found = new ArrayList<PlacedValue>();
    collect(object, new Place(List.of()), found);
    return found;
  }

  private static void collect(JsonNode node, Place at, List<PlacedValue> found) {
    if (at.steps().size() >= MAX_DEPTH) {
      return;
    }
    if (node instanceof ObjectNode object) {
      for (var member : object.properties()) {
        add(at.below(member.getKey()), member.getValue(), found);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        add(at.below(i), node.get(i), found);
      }
    }
  }

  private static void add(Place place, JsonNode value, List<PlacedValue> found) {
    if (found.size() < MOST_PLACES) {
      found.add(new PlacedValue(place, value));
      collect(value, place, found);
    }
  }

  private static JsonNode scaled(JsonNode node, int digits) {
    return mapped(
        node,
        value ->
            value.isNumber() && value.decimalValue().scale() <= digits
                ? Json.mapper()
                    .getNodeFactory()
                    .numberNode(value.decimalValue().setScale(digits, RoundingMode.UNNECESSARY))
                : value);
  }

  private static JsonNode mapTexts(JsonNode node, UnaryOperator<String> change) {
    return mapped(
        node,
        value ->
            value.isString()
                ? Json.mapper().getNodeFactory().stringNode(change.apply(value.stringValue()))
                : value);
  }

  /** Returns a copy with every value changed; recursion is limited, as {@link Json} reads. */
  private static JsonNode mapped(JsonNode node, UnaryOperator<JsonNode> change) {
    if (node instanceof ObjectNode object) {
      var copy = Json.object();
      object.properties().forEach(each -> copy.set(each.getKey(), mapped(each.getValue(), change)));
      return copy;
    }
    if (node.isArray()) {
      var copy = Json.mapper().createArrayNode();
      node.forEach(each -> copy.add(mapped(each, change)));
      return copy;
    }
    return change.apply(node);
  }

  private static void removeNulls(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node instanceof ObjectNode object) {
      var nulls =
          object.properties().stream()
              .filter(member -> member.getValue().isNull())
              .map(Map.Entry::getKey)
              .toList();
      object.remove(nulls);
    }
    node.forEach(child -> removeNulls(child, depth + 1));
  }
}
