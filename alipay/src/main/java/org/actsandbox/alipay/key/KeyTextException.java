package org.actsandbox.alipay.key;

import java.io.Serial;

/** A text that was given as a key is none. The message does not contain the text. */
public final class KeyTextException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final KeyTextMistake mistake;

  KeyTextException(KeyTextMistake mistake) {
    super("the text " + mistake.description());
    this.mistake = mistake;
  }

  public KeyTextMistake mistake() {
    return mistake;
  }
}
