package org.actsandbox.agent.wire;

import org.actsandbox.protocol.commerce.Text;

/**
 * Makes other participants' text harmless before the agent shows it or gives it to a model:
 * merchants' text is data.
 */
public final class UntrustedText {

  private UntrustedText() {}

  /**
   * Returns one line without control, format and private characters (so without hidden ones and
   * changes of direction), without template braces, cut at {@code max} characters.
   */
  public static String sanitize(String text, int max) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(max * 2L)
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    line.append(' ');
                case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> {
                  // These characters are dropped.
                }
                default -> line.appendCodePoint(c);
              }
            });
    var plain = line.toString().replace("{{", "{ {").replace("}}", "} }").strip();
    return plain.codePointCount(0, plain.length()) <= max
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, max - 1)) + "…";
  }

  public static Text sanitize(Text text, int max) {
    return new Text(sanitize(text.en(), max), sanitize(text.zh(), max));
  }
}
