package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.protocol.commerce.Text;

/** The service's sentences by key, in both languages. */
final class DelegationMessages {

  static final String BUNDLE = "org.actsandbox.sandbox.delegation.delegation";

  private static final LocalizedMessages BOOK = new LocalizedMessages(BUNDLE);

  private DelegationMessages() {}

  /** Arguments that are {@link Text} are written in the language of the sentence. */
  static Text text(String key, Object... arguments) {
    return BOOK.text(key, arguments);
  }

  static boolean has(String key) {
    return BOOK.has(key);
  }
}
