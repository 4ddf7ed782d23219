package org.actsandbox.agent.text;

import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.commerce.Texts;

/** The agent's sentences by key, {@code en} or {@code zh}. */
public final class Phrases {

  private static final Texts BOOK = new Texts("org.actsandbox.agent.text.phrases");

  private Phrases() {}

  /** Arguments that are {@link Text} are written in the same language. */
  public static String say(String lang, String key, Object... arguments) {
    return BOOK.say(lang, key, arguments);
  }

  public static Text both(String key, Object... arguments) {
    return BOOK.both(key, arguments);
  }

  /**
   * What a catalogued error means.
   *
   * @param field what it is about; empty for nothing in particular
   * @param otherwise said where the code is not known here
   */
  public static Text code(String code, String field, String otherwise) {
    return known("code." + code + "." + field)
        .or(() -> known("code." + code))
        .orElseGet(() -> Text.same(otherwise));
  }

  private static Optional<Text> known(String key) {
    return BOOK.has(key) ? Optional.of(both(key)) : Optional.empty();
  }

  /** The language of a sentence: any Han character makes it Chinese. */
  public static String languageOf(String sentence) {
    return sentence
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
        ? "zh"
        : "en";
  }
}
