package org.actsandbox.merchants.gate;

import org.jspecify.annotations.Nullable;

/**
 * What the gate answers.
 *
 * @param paymentNeeded value of {@code Payment-Needed}
 * @param retryAfterSeconds when the same proof may be shown again; null where that is no use
 * @param paymentValidation value of {@code Payment-Validation}, on every answer to a proof
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
record GateAnswer(
    int status,
    @Nullable String paymentNeeded,
    @Nullable String paymentValidation,
    @Nullable Integer retryAfterSeconds,
    String contentType,
    byte[] body) {

  static final String JSON = "application/json";
  static final String TEXT = "text/plain;charset=UTF-8";
}
