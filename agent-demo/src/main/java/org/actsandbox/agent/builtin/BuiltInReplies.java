package org.actsandbox.agent.builtin;

import java.text.MessageFormat;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.protocol.commerce.LocalizedMessages;

/** Reads the built-in model's own sentences from the message bundles beside this class. */
final class BuiltInReplies {

  private static final String BUNDLE = "org.actsandbox.agent.builtin.replies";

  private BuiltInReplies() {}

  static String text(String key, Lang lang, Object... arguments) {
    var bundle = LocalizedMessages.bundle(BUNDLE, lang.code());
    return new MessageFormat(bundle.getString(key), lang.locale()).format(arguments);
  }
}
