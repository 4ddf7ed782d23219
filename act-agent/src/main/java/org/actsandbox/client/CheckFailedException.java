package org.actsandbox.client;

/** Says that what a merchant answered is not what was agreed on. Nothing was paid. */
public final class CheckFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckFailedException(String message) {
    super(message);
  }

  CheckFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
