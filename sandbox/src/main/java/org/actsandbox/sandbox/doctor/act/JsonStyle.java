package org.actsandbox.sandbox.doctor.act;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes JSON as other programs do: the doctor compares a signature with what a common library
 * would have signed. {@link #CANONICAL} writes as RFC 8785 does, except for rare numbers.
 *
 * @param indent for each level; empty for one line
 * @param plainNumbers whether {@code 200.0} becomes {@code 200}, as RFC 8785 requires
 */
public record JsonStyle(
    Order order,
    String colon,
    String comma,
    String indent,
    Escapes escapes,
    boolean plainNumbers,
    boolean arraysOnOneLine) {

  /** Is the order of the members. */
  public enum Order {
    /** Ours is that of RFC 8785: by UTF-16 code units, in every object. */
    SORTED,
    ARRIVED,
    SORTED_AT_TOP,
    WITHOUT_CASE,
    BY_CODE_POINT,
    REVERSED
  }

  /** Is what a text shows of characters outside of ASCII, slashes and signs of HTML. */
  public enum Escapes {
    NONE,
    NON_ASCII_LOWER,
    NON_ASCII_UPPER,
    SLASHES,
    NON_ASCII_AND_SLASHES,
    HTML
  }

  public static final JsonStyle CANONICAL =
      new JsonStyle(Order.SORTED, ":", ",", "", Escapes.NONE, true, false);

  private static final int FIRST_NON_ASCII = 0x7f;

  public JsonStyle in(Order other) {
    return new JsonStyle(other, colon, comma, indent, escapes, plainNumbers, arraysOnOneLine);
  }

  public JsonStyle separated(String newColon, String newComma) {
    return new JsonStyle(order, newColon, newComma, indent, escapes, plainNumbers, arraysOnOneLine);
  }

  public JsonStyle indented(String newIndent) {
    return new JsonStyle(order, ": ", comma, newIndent, escapes, plainNumbers, arraysOnOneLine);
  }

  public JsonStyle with(Escapes other) {
    return new JsonStyle(order, colon, comma, indent, other, plainNumbers, arraysOnOneLine);
  }

  public JsonStyle withNumbersAsWritten() {
    return new JsonStyle(order, colon, comma, indent, escapes, false, arraysOnOneLine);
  }

  public JsonStyle withArraysOnOneLine() {
    return new JsonStyle(order, colon, comma, indent, escapes, plainNumbers, true);
  }

  public String write(JsonNode tree) {
    var out = new StringBuilder();
    write(tree, out, 0);
    return out.toString();
  }

  private void write(JsonNode node, StringBuilder out, int depth) {
    if (node instanceof ObjectNode object) {
      writeObject(object, out, depth);
    } else if (node.isArray()) {
      writeArray(node, out, depth);
    } else if (node.isString()) {
      writeText(node.stringValue(), out);
    } else if (node.isNumber()) {
      out.append(number(node.decimalValue()));
    } else {
      out.append(node.asString("null"));
    }
  }

  private void writeObject(ObjectNode object, StringBuilder out, int depth) {
    if (object.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    var separator = "";
    for (var member : ordered(object, depth)) {
      out.append(separator);
      newLine(out, depth + 1);
      writeText(member.getKey(), out);
      out.append(colon);
      write(member.getValue(), out, depth + 1);
      separator = comma;
    }
    newLine(out, depth);
    out.append('}');
  }

  private void writeArray(JsonNode array, StringBuilder out, int depth) {
    if (array.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append(arraysOnOneLine ? "[ " : "[");
    var separator = "";
    for (var element : array) {
      out.append(separator);
      if (!arraysOnOneLine) {
        newLine(out, depth + 1);
      }
      write(element, out, arraysOnOneLine ? depth : depth + 1);
      separator = arraysOnOneLine ? ", " : comma;
    }
    if (!arraysOnOneLine) {
      newLine(out, depth);
    }
    out.append(arraysOnOneLine ? " ]" : "]");
  }

  private void newLine(StringBuilder out, int depth) {
    if (!indent.isEmpty()) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private List<Map.Entry<String, JsonNode>> ordered(ObjectNode object, int depth) {
    var members = object.properties().stream();
    Comparator<Map.Entry<String, JsonNode>> byName = Map.Entry.comparingByKey();
    return switch (order) {
      case SORTED -> members.sorted(byName).toList();
      case ARRIVED -> members.toList();
      case SORTED_AT_TOP -> depth == 0 ? members.sorted(byName).toList() : members.toList();
      case WITHOUT_CASE ->
          members.sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER)).toList();
      case BY_CODE_POINT ->
          members
              .sorted(
                  Map.Entry.comparingByKey(
                      (one, other) ->
                          Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray())))
              .toList();
      case REVERSED -> members.sorted(byName.reversed()).toList();
    };
  }

  private String number(BigDecimal number) {
    if (!plainNumbers) {
      return number.toString();
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private void writeText(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      writeCharacter(text.charAt(i), out);
    }
    out.append('"');
  }

  private void writeCharacter(char character, StringBuilder out) {
    switch (character) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      case '/' ->
          out.append(
              escapes == Escapes.SLASHES || escapes == Escapes.NON_ASCII_AND_SLASHES ? "\\/" : "/");
      default -> writeOther(character, out);
    }
  }

  private void writeOther(char character, StringBuilder out) {
    boolean outsideAscii =
        character >= FIRST_NON_ASCII
            && (escapes == Escapes.NON_ASCII_LOWER
                || escapes == Escapes.NON_ASCII_UPPER
                || escapes == Escapes.NON_ASCII_AND_SLASHES);
    boolean html = escapes == Escapes.HTML && "<>&\u2028\u2029".indexOf(character) >= 0;
    if (character < ' ' || outsideAscii || html) {
      var format = escapes == Escapes.NON_ASCII_UPPER ? "\\u%04X" : "\\u%04x";
      out.append(format.formatted((int) character));
    } else {
      out.append(character);
    }
  }
}
