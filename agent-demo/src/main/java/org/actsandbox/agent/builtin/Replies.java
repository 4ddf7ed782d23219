package org.actsandbox.agent.builtin;

import java.text.MessageFormat;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.protocol.commerce.Texts;

/** The model's own words, from the message bundles beside this class. */
final class Replies {

  private static final String BUNDLE = "org.actsandbox.agent.builtin.replies";

  private Replies() {}

  static String text(String key, Lang lang, Object... arguments) {
    var bundle = Texts.words(BUNDLE, lang.code());
    return new MessageFormat(bundle.getString(key), lang.locale()).format(arguments);
  }
}
