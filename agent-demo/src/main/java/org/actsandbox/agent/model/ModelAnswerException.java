package org.actsandbox.agent.model;

import java.io.IOException;

/** Says that the answer of a provider is not the whole answer, or none of its interface. */
final class ModelAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final ModelFailure failure;

  ModelAnswerException(ModelFailure failure, Throwable cause) {
    super(cause.getMessage(), cause);
    this.failure = failure;
  }

  ModelFailure failure() {
    return failure;
  }
}
