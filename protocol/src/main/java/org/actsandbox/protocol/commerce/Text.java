package org.actsandbox.protocol.commerce;

/** A name or sentence in English and Chinese. */
public record Text(String en, String zh) {

  public static Text untranslated(String both) {
    return new Text(both, both);
  }

  /** Returns the Chinese text for {@code zh}, and the English text for any other language. */
  public String in(String lang) {
    return lang.startsWith("zh") ? zh : en;
  }
}
