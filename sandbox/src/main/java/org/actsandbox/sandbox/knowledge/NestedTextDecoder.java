package org.actsandbox.sandbox.knowledge;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
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

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"'<>(),;=]+");

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
    // All of a JSON text is in its parts, so it is not searched as a whole besides.
    if (decodeJson(where + " > json", text, depth)) {
      return;
    }
    textPieces.add(new TextPiece(where, field, text));
    if (depth >= MAX_DEPTH) {
      return;
    }
    if (text.indexOf('%') >= 0 || (text.indexOf('+') >= 0 && text.indexOf(' ') < 0)) {
      decodePercent(where, field, text, depth);
    }
    if (!decodeEncoded(where, field, text, MIN_BASE64, depth)
        && text.indexOf(' ') > 0
        && mayHaveEncodedWord(text)) {
      int words = 0;
      for (var word : BETWEEN_WORDS.split(text, MAX_WORDS)) {
        if (words++ < MAX_WORDS - 1) {
          decodeEncoded(where, field, word, MIN_BASE64_WORD, depth);
        }
      }
    }
  }

  /**
   * Says whether the text has a character that begins JSON, or a run that is long enough for
   * Base64; a sentence usually has neither, and need not be split.
   */
  private static boolean mayHaveEncodedWord(String text) {
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        return true;
      }
      run = isBase64(c) ? run + 1 : 0;
      if (run >= MIN_BASE64_WORD) {
        return true;
      }
    }
    return false;
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
    var text = textIn(base64);
    if (text.isEmpty()) {
      return false;
    }
    if (!decodeJson(where, text, depth + 1)) {
      text(where, field, text, depth + 1);
    }
    return true;
  }

  /**
   * Returns the text that is encoded; empty if none is. Most identifiers are valid Base64 of no
   * text, so they are refused without an exception.
   */
  private static String textIn(String base64) {
    var plain = base64.replace('+', '-').replace('/', '_').replace("=", "");
    if (plain.length() % 4 == 1) {
      return "";
    }
    var bytes = Base64.getUrlDecoder().decode(plain);
    for (byte each : bytes) {
      if (each >= 0 && isUnprintable(each)) {
        return "";
      }
    }
    var text = CharBuffer.allocate(bytes.length);
    var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    return read.isError() ? "" : text.flip().toString();
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
      if (!isBase64(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase64(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || "-_+/=.".indexOf(c) >= 0;
  }
}
