package org.actsandbox.agent.builtin;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.actsandbox.agent.language.Lang;

/** The model's own words, from the message bundles beside this class. */
final class Replies {

  private static final String BUNDLE = "org.actsandbox.agent.builtin.replies";

  private Replies() {}

  static String text(String key, Lang lang, Object... arguments) {
    // Without fallback: the language of the machine is not the principal's.
    var bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            lang == Lang.ZH ? Locale.CHINESE : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new MessageFormat(bundle.getString(key), lang.locale()).format(arguments);
  }
}
