package org.actsandbox.web.console.decoder;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;

/** Finds the first byte at which an A402 header or a JSON body is malformed (ACT A402-2). */
final class SyntaxDamageFinder {

  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");

  /**
   * The characters of a base64url group: four carry three bytes, and a single one left over carries
   * none.
   */
  private static final int GROUP = 4;

  private SyntaxDamageFinder() {}

  /**
   * Finds the damage of a header in the order in which a receiver reads it: length, alphabet,
   * bytes, text, layers.
   */
  static Optional<MessageDamage> ofHeader(String title, String value) {
    if (value.length() > A402Headers.MAX_LENGTH) {
      int most = A402Headers.MAX_LENGTH;
      int over = value.length() - most;
      return Optional.of(MessageDamage.in(title, "long", value, most, over, most, value.length()));
    }
    var foreign = FOREIGN.matcher(value);
    if (value.isEmpty()) {
      return Optional.of(MessageDamage.in(title, "empty", value, 0, 0));
    }
    if (foreign.find()) {
      var found = foreign.group();
      var why =
          switch (found) {
            case "=" -> "padded";
            case "+", "/" -> "base64";
            default -> "alphabet";
          };
      int length = found.equals("=") ? value.length() - foreign.start() : 1;
      return Optional.of(MessageDamage.in(title, why, value, foreign.start(), length, found));
    }
    if (value.length() % GROUP == 1) {
      return Optional.of(
          MessageDamage.in(title, "cut", value, value.length() - 1, 1, value.length()));
    }
    var bytes = Base64.getUrlDecoder().decode(value);
    return utf8(title, value, bytes)
        .or(() -> ofJson(title, new String(bytes, StandardCharsets.UTF_8)))
        .or(() -> layers(title, new String(bytes, StandardCharsets.UTF_8)));
  }

  private static Optional<MessageDamage> utf8(String title, String value, byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var text = CharBuffer.allocate(bytes.length);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, text, true);
    if (!result.isError()) {
      return Optional.empty();
    }
    int at = in.position();
    var hex = "0x%02X".formatted(bytes[at] & 0xFF);
    var good = text.flip().toString();
    var rest = new String(bytes, at + 1, bytes.length - at - 1, StandardCharsets.UTF_8);
    var shown = MessageDamage.in(title, "utf8", good + "\u0000" + rest, good.length(), 1);
    // A character of the header carries six bits, so that byte n begins in character n * 4 / 3.
    int character = at * GROUP / 3;
    return Optional.of(
        new MessageDamage(
            title,
            "utf8",
            java.util.List.of(at + 1, hex, Math.min(character + 1, value.length())),
            shown.before(),
            hex,
            shown.after()));
  }

  /** Finds where a text is no JSON; empty if it is JSON. */
  static Optional<MessageDamage> ofJson(String title, String text) {
    if (text.isBlank()) {
      return Optional.of(MessageDamage.in(title, "json.end", text, text.length(), 0));
    }
    try {
      Json.parse(text);
      return Optional.empty();
    } catch (JacksonException notJson) {
      long offset = notJson.getLocation() == null ? -1 : notJson.getLocation().getCharOffset();
      int at = offset < 0 ? text.length() : (int) Math.min(offset, text.length());
      var why = at >= text.stripTrailing().length() ? "json.end" : "json";
      return Optional.of(MessageDamage.in(title, why, text, at, 1));
    }
  }

  private static Optional<MessageDamage> layers(String title, String text) {
    var tree = Json.parse(text);
    return tree.path("protocol").isObject() && tree.path("method").isObject()
        ? Optional.empty()
        : Optional.of(MessageDamage.in(title, "layers", text, 0, 0));
  }
}
