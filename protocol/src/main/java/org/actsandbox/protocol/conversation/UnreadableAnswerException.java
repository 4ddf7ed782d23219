package org.actsandbox.protocol.conversation;

import org.jspecify.annotations.Nullable;

/** Says that an agent of others answered something that is no answer to its principal. */
public final class UnreadableAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableAnswerException(String why, @Nullable Throwable cause) {
    super(why, cause, false, false);
  }
}
