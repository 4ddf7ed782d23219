package org.actsandbox.agent.text;

import java.util.Optional;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.commerce.Text;

/** Reads the agent's sentences by key in English or Chinese. */
public final class AgentPhrases {

  private static final LocalizedMessages MESSAGES =
      new LocalizedMessages("org.actsandbox.agent.text.phrases");

  private AgentPhrases() {}

  /** Returns a sentence; arguments that are {@link Text} are written in the same language. */
  public static String phrase(String lang, String key, Object... arguments) {
    return MESSAGES.sentence(lang, key, arguments);
  }

  /** Returns the sentence, or empty when there is none by this key. */
  public static Optional<String> findPhrase(String lang, String key, Object... arguments) {
    return MESSAGES.has(key) ? Optional.of(phrase(lang, key, arguments)) : Optional.empty();
  }

  public static Text bilingual(String key, Object... arguments) {
    return MESSAGES.text(key, arguments);
  }

  /**
   * Returns the meaning of a catalogued error.
   *
   * @param field the field that it is about; empty when it is about none
   * @param otherwise the text for a code that is not known here
   */
  public static Text errorText(String code, String field, String otherwise) {
    return find("code." + code + "." + field)
        .or(() -> find("code." + code))
        .orElseGet(() -> Text.untranslated(otherwise));
  }

  private static Optional<Text> find(String key) {
    return MESSAGES.has(key) ? Optional.of(bilingual(key)) : Optional.empty();
  }
}
