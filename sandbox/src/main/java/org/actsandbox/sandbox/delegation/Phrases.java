package org.actsandbox.sandbox.delegation;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.actsandbox.protocol.commerce.Text;

/** The service's sentences by key, in both languages. */
final class Phrases {

  static final String BUNDLE = "org.actsandbox.sandbox.delegation.delegation";

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final ResourceBundle EN =
      ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH, NO_FALLBACK);
  private static final ResourceBundle ZH =
      ResourceBundle.getBundle(BUNDLE, Locale.CHINESE, NO_FALLBACK);

  private Phrases() {}

  /** Arguments that are {@link Text} are written in the language of the sentence. */
  static Text both(String key, Object... arguments) {
    return new Text(say(EN, "en", key, arguments), say(ZH, "zh", key, arguments));
  }

  static boolean has(String key) {
    return EN.containsKey(key);
  }

  private static String say(ResourceBundle bundle, String lang, String key, Object... arguments) {
    var words = new Object[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i] instanceof Text text ? text.in(lang) : arguments[i];
    }
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(words);
  }
}
