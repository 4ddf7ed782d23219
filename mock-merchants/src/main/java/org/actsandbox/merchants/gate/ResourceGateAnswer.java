package org.actsandbox.merchants.gate;

import org.jspecify.annotations.Nullable;

/**
 * Represents the answer of the resource gate: status, A402 headers and body.
 *
 * @param paymentNeeded the value of {@code Payment-Needed}
 * @param retryAfterSeconds when the same proof may be shown again; null if that would not help
 * @param paymentValidation the value of {@code Payment-Validation}, on every answer to a proof
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
public record ResourceGateAnswer(
    int status,
    @Nullable String paymentNeeded,
    @Nullable String paymentValidation,
    @Nullable Integer retryAfterSeconds,
    String contentType,
    byte[] body) {

  static final String JSON = "application/json";
  static final String TEXT = "text/plain;charset=UTF-8";
}
