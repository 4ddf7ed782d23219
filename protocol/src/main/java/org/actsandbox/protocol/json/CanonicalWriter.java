package org.actsandbox.protocol.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes a tree in its RFC 8785 form, without a text in between. The library that does it from text
 * parses what was written for it alone; it formats the numbers here too, which is the one part with
 * room for mistakes, and tests compare both on random trees (ADR 55).
 *
 * <p>The tree has a canonical form already: {@link CanonicalJson} looks at that first.
 */
final class CanonicalWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  byte[] bytes() {
    return out.toByteArray();
  }

  /**
   * @param left a member of {@code node} that is left out; null for none
   */
  void write(JsonNode node, @Nullable String left) {
    switch (node) {
      case ObjectNode object -> object(object, left);
      case ArrayNode array -> array(array);
      case StringNode text -> text(text.stringValue());
      case NumericNode number -> ascii(number(number));
      case BooleanNode truth -> ascii(truth.booleanValue() ? "true" : "false");
      case NullNode _ -> ascii("null");
      // A Java value in a tree, such as bytes, is written as its text is read.
      default -> write(Json.parse(Json.bytes(node)), null);
    }
  }

  /** Writes members in the order of their names' UTF-16 units, as {@code String} compares. */
  private void object(ObjectNode object, @Nullable String left) {
    var members = new ArrayList<>(object.properties());
    members.sort(Map.Entry.comparingByKey());
    out.write('{');
    boolean first = true;
    for (var member : members) {
      var name = member.getKey();
      if (name.equals(left)) {
        continue;
      }
      if (!first) {
        out.write(',');
      }
      first = false;
      text(name);
      out.write(':');
      write(member.getValue(), null);
    }
    out.write('}');
  }

  private void array(ArrayNode array) {
    out.write('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      write(array.get(i), null);
    }
    out.write(']');
  }

  private static String number(NumericNode number) {
    if (number.isInt()) {
      return Integer.toString(number.intValue());
    }
    try {
      return NumberToJSON.serializeNumber(number.doubleValue());
    } catch (IOException notFinite) {
      throw new IllegalArgumentException("a number that is not finite", notFinite);
    }
  }

  private void text(String text) {
    out.write('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        plain(text, from, i);
        escape(c);
        from = i + 1;
      }
    }
    plain(text, from, text.length());
    out.write('"');
  }

  private void plain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        out.writeBytes(text.substring(i, to).getBytes(StandardCharsets.UTF_8));
        return;
      }
      out.write(c);
    }
  }

  private void escape(char c) {
    out.write('\\');
    switch (c) {
      case '"', '\\' -> out.write(c);
      case '\b' -> out.write('b');
      case '\t' -> out.write('t');
      case '\n' -> out.write('n');
      case '\f' -> out.write('f');
      case '\r' -> out.write('r');
      default -> {
        out.writeBytes(new byte[] {'u', '0', '0'});
        out.write(HEX[c >> 4]);
        out.write(HEX[c & 0xf]);
      }
    }
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
