package org.actsandbox.protocol.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Says that a participant gave no answer, which is not a decline: query the state before you try
 * again (A402-9).
 */
public final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient URI target;
  private final boolean timeout;

  public NoAnswerException(URI target, boolean timeout, @Nullable Throwable cause) {
    super((timeout ? "no answer in time from " : "no answer from ") + target, cause);
    this.target = target;
    this.timeout = timeout;
  }

  public URI target() {
    return target;
  }

  public boolean isTimeout() {
    return timeout;
  }
}
