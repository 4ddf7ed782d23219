package org.actsandbox.protocol.commerce;

/** A name or sentence in both languages. */
public record Text(String en, String zh) {

  public static Text untranslated(String both) {
    return new Text(both, both);
  }

  /** The text in {@code lang}: {@code zh}, or English for anything else. */
  public String in(String lang) {
    return lang.startsWith("zh") ? zh : en;
  }
}
