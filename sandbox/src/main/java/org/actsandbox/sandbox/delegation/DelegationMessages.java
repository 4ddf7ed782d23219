package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.commerce.Text;

/** Reads the delegation service's sentences by key in both languages. */
final class DelegationMessages {

  static final String BUNDLE = "org.actsandbox.sandbox.delegation.delegation";

  private static final LocalizedMessages MESSAGES = new LocalizedMessages(BUNDLE);

  private DelegationMessages() {}

  /** Returns a sentence; arguments that are {@link Text} are written in its language. */
  static Text text(String key, Object... arguments) {
    return MESSAGES.text(key, arguments);
  }

  static boolean has(String key) {
    return MESSAGES.has(key);
  }
}
