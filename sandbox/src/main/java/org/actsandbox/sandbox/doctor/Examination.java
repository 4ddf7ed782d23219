package org.actsandbox.sandbox.doctor;

import java.util.List;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/**
 * Is what the doctor found in one text.
 *
 * @param kind what the text is
 * @param note what is said beside the diagnoses, such as the owner of a key; empty for nothing
 */
public record Examination(Kind kind, List<Diagnosis> diagnoses, String note) {

  /** Says what the examined text is. */
  public enum Kind {
    ACT_MESSAGE,
    GATEWAY_REQUEST,
    NOTIFICATION,
    BILL,
    ANSWER,
    V3_REQUEST,
    SDK_MESSAGE,
    PUBLIC_KEY,
    /** Refused: a private key never belongs here, and nothing of the text is examined or kept. */
    PRIVATE_KEY,
    NOTHING_SIGNED
  }

  public Examination {
    diagnoses = List.copyOf(diagnoses);
  }

  static Examination of(Kind kind, Diagnosis diagnosis) {
    return new Examination(kind, List.of(diagnosis), "");
  }

  static Examination nothing(Kind kind, String note) {
    return new Examination(kind, List.of(), note);
  }

  /** Returns a diagnosis that needs no signature to be sure. */
  static Diagnosis certain(String subject, SignatureCause cause, String detail) {
    return new Diagnosis(
        subject,
        "",
        Diagnosis.Outcome.CAUSE_FOUND,
        List.of(new Diagnosis.NamedCause(cause, detail)),
        "",
        null,
        null,
        null,
        null,
        null,
        "",
        0,
        true);
  }

  /** Returns whether everything that is signed verifies. */
  public boolean isFaultless() {
    return !diagnoses.isEmpty() && diagnoses.stream().allMatch(Diagnosis::isFaultless);
  }
}
