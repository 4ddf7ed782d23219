package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a dispute has come (ACT TSD-6): claim, evidence, verification, finding. */
public enum DisputeState {
  OPENED,
  EVIDENCE_REQUESTED,
  DECIDING,
  DECIDED,
  WITHDRAWN;

  /** The whole lifecycle: a move not listed here is refused, and a final state lists none. */
  public Set<DisputeState> successors() {
    return switch (this) {
      // Without the trust service nothing is asked, and in the end nothing can be found.
      case OPENED -> EnumSet.of(EVIDENCE_REQUESTED, DECIDED, WITHDRAWN);
      case EVIDENCE_REQUESTED -> EnumSet.of(DECIDING, WITHDRAWN);
      case DECIDING -> EnumSet.of(DECIDED, WITHDRAWN);
      case DECIDED, WITHDRAWN -> EnumSet.noneOf(DisputeState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }

  /** {@code evidence_requested}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
