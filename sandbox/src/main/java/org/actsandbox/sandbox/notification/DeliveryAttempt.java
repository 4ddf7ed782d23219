package org.actsandbox.sandbox.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Represents one attempt at a delivery. The body of the request is the notification's.
 *
 * @param number counts the attempts from 1
 * @param at time by the sender's clock
 * @param target the address that was called; empty if there was none to call
 * @param status null if there was no answer
 * @param answer the first characters of the answer with secrets masked; the reason if there is none
 * @param outcome {@code status 200}, {@code no answer in time}
 * @param millis real time
 */
public record DeliveryAttempt(
    int number,
    Instant at,
    String target,
    Map<String, String> requestHeaders,
    @Nullable Integer status,
    Map<String, String> answerHeaders,
    String answer,
    String outcome,
    long millis) {

  DeliveryAttempt withOutcome(String other) {
    return new DeliveryAttempt(
        number, at, target, requestHeaders, status, answerHeaders, answer, other, millis);
  }

  /** Returns whether the answer's status says that the request was taken. */
  public boolean isDelivered() {
    return status != null && status >= 200 && status < 300;
  }
}
