package org.actsandbox.sandbox.doctor.diagnosis;

import java.nio.charset.StandardCharsets;

/**
 * Is a text that the sender may have signed in place of the right one.
 *
 * @param cause the mistake that leads to this text
 * @param detail what is special about it, such as the field that is missing; empty for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // hashed and shown, never compared
public record TextCandidate(SignatureCause cause, String detail, byte[] bytes) {

  public static TextCandidate of(SignatureCause cause, String text) {
    return new TextCandidate(cause, "", text.getBytes(StandardCharsets.UTF_8));
  }

  public static TextCandidate of(SignatureCause cause, String detail, String text) {
    return new TextCandidate(cause, detail, text.getBytes(StandardCharsets.UTF_8));
  }
}
