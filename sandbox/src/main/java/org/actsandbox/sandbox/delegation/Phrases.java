package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.commerce.Texts;

/** The service's sentences by key, in both languages. */
final class Phrases {

  static final String BUNDLE = "org.actsandbox.sandbox.delegation.delegation";

  private static final Texts BOOK = new Texts(BUNDLE);

  private Phrases() {}

  /** Arguments that are {@link Text} are written in the language of the sentence. */
  static Text both(String key, Object... arguments) {
    return BOOK.both(key, arguments);
  }

  static boolean has(String key) {
    return BOOK.has(key);
  }
}
