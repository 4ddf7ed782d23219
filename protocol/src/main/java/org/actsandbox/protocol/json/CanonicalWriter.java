package org.actsandbox.protocol.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final String HEX = "0123456789abcdef";

  private byte[] buffer;
  private int size;

  /**
   * @param expected the number of bytes that fit without a larger buffer, at least 1
   */
  CanonicalWriter(int expected) {
    buffer = new byte[expected];
  }

  /** Returns what was written, and begins anew. */
  byte[] take() {
    var written = Arrays.copyOf(buffer, size);
    size = 0;
    return written;
  }

  /** Returns what was written last, without a copy if it is as long as was expected. */
  byte[] takeLast() {
    return size == buffer.length ? buffer : take();
  }

  /** Adds a character of ASCII as it is. */
  void add(char ascii) {
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * size);
    }
    buffer[size++] = (byte) ascii;
  }

  /** Adds what is in canonical form already. */
  void add(byte[] canonical) {
    if (buffer.length - size < canonical.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + canonical.length));
    }
    System.arraycopy(canonical, 0, buffer, size, canonical.length);
    size += canonical.length;
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
    add('{');
    boolean first = true;
    for (var member : members) {
      var name = member.getKey();
      if (name.equals(left)) {
        continue;
      }
      if (!first) {
        add(',');
      }
      first = false;
      text(name);
      add(':');
      write(member.getValue(), null);
    }
    add('}');
  }

  private void array(ArrayNode array) {
    add('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        add(',');
      }
      write(array.get(i), null);
    }
    add(']');
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

  void text(String text) {
    add('"');
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
    add('"');
  }

  private void plain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        add(text.substring(i, to).getBytes(StandardCharsets.UTF_8));
        return;
      }
      add(c);
    }
  }

  private void escape(char c) {
    add('\\');
    switch (c) {
      case '"', '\\' -> add(c);
      case '\b' -> add('b');
      case '\t' -> add('t');
      case '\n' -> add('n');
      case '\f' -> add('f');
      case '\r' -> add('r');
      default -> {
        ascii("u00");
        add(HEX.charAt(c >> 4));
        add(HEX.charAt(c & 0xf));
      }
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }
}
