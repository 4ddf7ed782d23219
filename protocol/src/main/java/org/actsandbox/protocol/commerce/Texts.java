package org.actsandbox.protocol.commerce;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences by key in both languages, from the message bundles of one name. */
public final class Texts {

  private final ResourceBundle english;
  private final ResourceBundle chinese;

  public Texts(String bundle) {
    this.english = words(bundle, "en");
    this.chinese = words(bundle, "zh");
  }

  /**
   * The bundle in {@code lang}: {@code zh}, or English for anything else. Never the language of the
   * machine, which is not the principal's.
   */
  public static ResourceBundle words(String bundle, String lang) {
    return ResourceBundle.getBundle(
        bundle,
        lang.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  public boolean has(String key) {
    return english.containsKey(key);
  }

  /** Arguments that are {@link Text} are written in the language of the sentence. */
  public Text both(String key, Object... arguments) {
    return new Text(say("en", key, arguments), say("zh", key, arguments));
  }

  /** Likewise, in one language. */
  public String say(String lang, String key, Object... arguments) {
    boolean inChinese = lang.startsWith("zh");
    var words = new Object[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i] instanceof Text text ? text.in(lang) : arguments[i];
    }
    return new MessageFormat(
            (inChinese ? chinese : english).getString(key),
            inChinese ? Locale.CHINA : Locale.ENGLISH)
        .format(words);
  }
}
