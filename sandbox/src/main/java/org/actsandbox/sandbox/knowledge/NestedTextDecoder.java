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
 * Decodes a message down to its texts: JSON, Base64 and Base64URL, JWS and percent-encoding, one
 * inside the other.
 */
final class NestedTextDecoder {

  private static final int MAX_DEPTH = 8;

  /** Limit of all texts of one message together, decoded ones included. */
  private static final int MAX_CHARS = 1024 * 1024;

  /** Shorter texts are valid Base64 too often. */
  private static final int MIN_BASE64 = 6;

  private static final int MIN_BASE64_WORD = 16;
  private static final int MAX_WORDS = 200;

  private final List<TextPiece> textPieces = new ArrayList<>();
  private int chars;

  List<TextPiece> pieces() {
    return List.copyOf(textPieces);
  }

  /** Says whether the whole message was decoded. */
  boolean isWhole() {
    return chars <= MAX_CHARS;
  }

  void json(String where, JsonNode node) {
    json(where, "", node, 0);
  }

  void text(String where, String field, String text) {
    text(where, field, text, 0);
  }

  /**
   * Decodes JSON. The parser limits the depth of JSON; {@code depth} counts encodings inside each
   * other.
   */
  private void json(String where, String field, JsonNode node, int depth) {
    if (!isWhole()) {
      return;
    }
    if (node.isObject()) {
      for (var each : node.properties()) {
        if (!isName(each.getKey())) {
          // A key is searched like any other text: {"Wensan Road 90": true} tells the address.
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
      decodePercent(where, field, text, depth);
    }
    if (!decodeEncoded(where, field, text, MIN_BASE64, depth) && text.indexOf(' ') > 0) {
      int words = 0;
      for (var word : text.split("[\\s\"'<>(),;=]+", MAX_WORDS)) {
        if (words++ < MAX_WORDS - 1) {
          decodeEncoded(where, field, word, MIN_BASE64_WORD, depth);
        }
      }
    }
  }

  private void decodePercent(String where, String field, String text, int depth) {
    try {
      var plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (!plain.equals(text)) {
        text(where + " > url", field, plain, depth + 1);
      }
    } catch (IllegalArgumentException notEncoded) {
      // The percent sign encodes nothing, so the text stays as it is.
      return;
    }
  }

  /** Decodes the text; true when it was encoded. */
  private boolean decodeEncoded(String where, String field, String text, int minLength, int depth) {
    if (text.isEmpty()) {
      return false;
    }
    if (text.charAt(0) == '{' || text.charAt(0) == '[') {
      return decodeJson(where + " > json", text, depth);
    }
    if (text.length() < minLength || !isBase64(text)) {
      return false;
    }
    var parts = text.split("\\.", -1);
    boolean any = false;
    for (int i = 0; i < Math.min(parts.length, 6); i++) {
      var step = parts.length == 1 ? " > base64" : " > jws[" + i + "]";
      any |= parts[i].length() >= minLength && decodeBase64(where + step, field, parts[i], depth);
    }
    return any;
  }

  private boolean decodeBase64(String where, String field, String base64, int depth) {
    try {
      var plain = base64.replace('+', '-').replace('/', '_').replace("=", "");
      var bytes = Base64.getUrlDecoder().decode(plain);
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isEmpty() || text.chars().anyMatch(NestedTextDecoder::isUnprintable)) {
        return false;
      }
      if (!decodeJson(where, text, depth + 1)) {
        text(where, field, text, depth + 1);
      }
      return true;
    } catch (IllegalArgumentException | CharacterCodingException notBase64) {
      return false;
    }
  }

  private boolean decodeJson(String where, String text, int depth) {
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
