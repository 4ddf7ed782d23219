package org.actsandbox.scenarios.report;

/** Makes texts of others fit for XML. */
public final class XmlText {

  private XmlText() {}

  /** Replaces characters that XML 1.0 does not allow; hostile input contains some. */
  public static String clean(String text) {
    return text.codePoints()
        .map(
            c ->
                c == '\n'
                        || c == '\t'
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000
                    ? c
                    : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
