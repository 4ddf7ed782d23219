package org.actsandbox.agent.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.actsandbox.protocol.commerce.Text;

/** The agent's sentences by key, {@code en} or {@code zh}. */
public final class Phrases {

  private static final String BUNDLE = "org.actsandbox.agent.text.phrases";
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final ResourceBundle EN =
      ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH, NO_FALLBACK);
  private static final ResourceBundle ZH =
      ResourceBundle.getBundle(BUNDLE, Locale.CHINESE, NO_FALLBACK);

  private Phrases() {}

  /** Arguments that are {@link Text} are written in the same language. */
  public static String say(String lang, String key, Object... arguments) {
    boolean chinese = lang.startsWith("zh");
    var words = new Object[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i] instanceof Text text ? text.in(lang) : arguments[i];
    }
    return new MessageFormat(
            (chinese ? ZH : EN).getString(key), chinese ? Locale.CHINA : Locale.ENGLISH)
        .format(words);
  }

  public static Text both(String key, Object... arguments) {
    return new Text(say("en", key, arguments), say("zh", key, arguments));
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
    return EN.containsKey(key) ? Optional.of(both(key)) : Optional.empty();
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
