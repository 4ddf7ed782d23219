package org.actsandbox.agent.text;

import java.util.Optional;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.commerce.Text;

/** The agent's sentences by key, {@code en} or {@code zh}. */
public final class AgentPhrases {

  private static final LocalizedMessages BOOK =
      new LocalizedMessages("org.actsandbox.agent.text.phrases");

  private AgentPhrases() {}

  /** Arguments that are {@link Text} are written in the same language. */
  public static String phrase(String lang, String key, Object... arguments) {
    return BOOK.sentence(lang, key, arguments);
  }

  public static Text bilingual(String key, Object... arguments) {
    return BOOK.text(key, arguments);
  }

  /**
   * What a catalogued error means.
   *
   * @param field what it is about; empty for nothing in particular
   * @param otherwise said where the code is not known here
   */
  public static Text errorText(String code, String field, String otherwise) {
    return known("code." + code + "." + field)
        .or(() -> known("code." + code))
        .orElseGet(() -> Text.untranslated(otherwise));
  }

  private static Optional<Text> known(String key) {
    return BOOK.has(key) ? Optional.of(bilingual(key)) : Optional.empty();
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
