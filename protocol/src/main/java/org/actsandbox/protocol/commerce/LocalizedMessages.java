package org.actsandbox.protocol.commerce;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Reads sentences by key in English and Chinese from the message bundles of one name. */
public final class LocalizedMessages {

  private final ResourceBundle english;
  private final ResourceBundle chinese;

  public LocalizedMessages(String bundle) {
    this.english = bundle(bundle, "en");
    this.chinese = bundle(bundle, "zh");
  }

  /**
   * Returns the bundle in {@code lang}: Chinese for {@code zh}, English for anything else. The
   * machine's own language is never used, because it is not the principal's.
   */
  public static ResourceBundle bundle(String bundle, String lang) {
    return ResourceBundle.getBundle(
        bundle,
        lang.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  public boolean has(String key) {
    return english.containsKey(key);
  }

  /**
   * Returns a sentence in both languages. Arguments of type {@link Text} are written in the
   * language of the sentence.
   */
  public Text text(String key, Object... arguments) {
    return new Text(sentence("en", key, arguments), sentence("zh", key, arguments));
  }

  /** Returns a sentence in one language, with arguments as in {@link #text}. */
  public String sentence(String lang, String key, Object... arguments) {
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
