package org.actsandbox.sandbox.knowledge;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes a message apart down to the texts in it: JSON, Base64 and Base64URL, JWS, percent-encoding,
 * one inside the other.
 */
final class NestedTextDecoder {

  private static final int MAX_DEPTH = 8;

  /** Of all texts of one message, decoded ones included. */
  private static final int MAX_CHARS = 1024 * 1024;

  /** Shorter ones decode to anything. */
  private static final int MIN_BASE64 = 6;

  private static final int MIN_BASE64_WORD = 16;
  private static final int MAX_WORDS = 200;

  private final List<TextPiece> textPieces = new ArrayList<>();
  private int chars;

  List<TextPiece> pieces() {
    return List.copyOf(textPieces);
  }

  /** Everything was looked at. */
  boolean isWhole() {
    return chars <= MAX_CHARS;
  }

  void json(String where, JsonNode node) {
    json(where, "", node, 0);
  }

  void text(String where, String field, String text) {
    text(where, field, text, 0);
  }

  /** The parser bounds how deep JSON goes; {@code depth} counts what is inside something else. */
  private void json(String where, String field, JsonNode node, int depth) {
    if (!isWhole()) {
      return;
    }
    if (node.isObject()) {
      for (var each : node.properties()) {
        if (!isName(each.getKey())) {
          // A key is text like any other: {"Wensan Road 90": true} tells the address.
          text(where, "", each.getKey(), MAX_DEPTH);
        }
        json(where + "." + each.getKey(), each.getKey(), each.getValue(), depth);
      }
    } else if (node.isArray()) {
      int index = 0;
      for (var each : node) {
        json(where + "[" + index++ + "]", field, each, depth);
      }
    } else if (!node.isNull() && !node.isBoolean()) {
      text(where, field, node.asString(), depth);
    }
  }

  private void text(String where, String field, String text, int depth) {
    chars += text.length();
    if (text.isEmpty() || !isWhole()) {
      return;
    }
    textPieces.add(new TextPiece(where, field, text));
    if (depth >= MAX_DEPTH) {
      return;
    }
    if (text.indexOf('%') >= 0 || (text.indexOf('+') >= 0 && text.indexOf(' ') < 0)) {
      percent(where, field, text, depth);
    }
    if (!unfolded(where, field, text, MIN_BASE64, depth) && text.indexOf(' ') > 0) {
      int words = 0;
      for (var word : text.split("[\\s\"'<>(),;=]+", MAX_WORDS)) {
        if (words++ < MAX_WORDS - 1) {
          unfolded(where, field, word, MIN_BASE64_WORD, depth);
        }
      }
    }
  }

  private void percent(String where, String field, String text, int depth) {
    try {
      var plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (!plain.equals(text)) {
        text(where + " > url", field, plain, depth + 1);
      }
    } catch (IllegalArgumentException notEncoded) {
      // A percent sign of its own: the text stands as it is.
      return;
    }
  }

  /** True when the text was something encoded. */
  private boolean unfolded(String where, String field, String text, int shortest, int depth) {
    if (text.isEmpty()) {
      return false;
    }
    if (text.charAt(0) == '{' || text.charAt(0) == '[') {
      return parsed(where + " > json", text, depth);
    }
    if (text.length() < shortest || !isBase64(text)) {
      return false;
    }
    var parts = text.split("\\.", -1);
    boolean any = false;
    for (int i = 0; i < Math.min(parts.length, 6); i++) {
      var step = parts.length == 1 ? " > base64" : " > jws[" + i + "]";
      any |= parts[i].length() >= shortest && decoded(where + step, field, parts[i], depth);
    }
    return any;
  }

  private boolean decoded(String where, String field, String base64, int depth) {
    try {
      var plain = base64.replace('+', '-').replace('/', '_').replace("=", "");
      var bytes = Base64.getUrlDecoder().decode(plain);
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isEmpty() || text.chars().anyMatch(NestedTextDecoder::isUnprintable)) {
        return false;
      }
      if (!parsed(where, text, depth + 1)) {
        text(where, field, text, depth + 1);
      }
      return true;
    } catch (IllegalArgumentException | CharacterCodingException notBase64) {
      return false;
    }
  }

  private boolean parsed(String where, String text, int depth) {
    char first = text.charAt(0);
    if ((first != '{' && first != '[') || depth >= MAX_DEPTH) {
      return false;
    }
    try {
      json(where, "", Json.parse(text), depth + 1);
      return true;
    } catch (JacksonException notJson) {
      return false;
    }
  }

  private static boolean isName(String key) {
    return key.length() <= 40 && key.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
  }

  private static boolean isUnprintable(int c) {
    return c < ' ' && c != '\n' && c != '\r' && c != '\t';
  }

  private static boolean isBase64(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "-_+/=.".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
