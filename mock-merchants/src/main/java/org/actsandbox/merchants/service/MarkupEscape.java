package org.actsandbox.merchants.service;

/** Other people's words inside HTML and SVG: text, never markup. */
final class MarkupEscape {

  private MarkupEscape() {}

  static String escape(String text) {
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                  // Control characters are no characters of XML.
                  if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }
}
