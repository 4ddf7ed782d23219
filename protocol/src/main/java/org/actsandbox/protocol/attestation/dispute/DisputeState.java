package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Lists the states of a dispute (ACT TSD-6): claim, evidence, verification, finding. */
public enum DisputeState {
  OPENED,
  EVIDENCE_REQUESTED,
  DECIDING,
  DECIDED,
  WITHDRAWN;

  /** The whole lifecycle: a move not listed here is refused, and a final state lists none. */
  public Set<DisputeState> successors() {
    return switch (this) {
      // Without the trust service no evidence is requested, and the dispute ends inconclusive.
      case OPENED -> EnumSet.of(EVIDENCE_REQUESTED, DECIDED, WITHDRAWN);
      case EVIDENCE_REQUESTED -> EnumSet.of(DECIDING, WITHDRAWN);
      case DECIDING -> EnumSet.of(DECIDED, WITHDRAWN);
      case DECIDED, WITHDRAWN -> EnumSet.noneOf(DisputeState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }

  /** Returns the name on the wire, such as {@code evidence_requested}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
