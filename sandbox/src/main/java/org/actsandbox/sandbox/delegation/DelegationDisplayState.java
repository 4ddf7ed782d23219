package org.actsandbox.sandbox.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.actsandbox.protocol.delegation.DelegationState;

/**
 * Lists the states that a delegation is shown in: those of ACT ADD-7, and pending before its
 * validity starts, because the standard calls a credential Active only within it. Ours: pending
 * follows from the clock and is never stored; it may be suspended and revoked like an active one.
 */
public enum DelegationDisplayState {
  PENDING("Pending"),
  ACTIVE("Active"),
  SUSPENDED("Suspended"),
  EXPIRED("Expired"),
  REVOKED("Revoked");

  private final String code;

  DelegationDisplayState(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException for any other code
   */
  static DelegationDisplayState ofCode(String code) {
    for (var state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("not a state of a delegation");
  }

  static DelegationDisplayState of(DelegationState state, Instant validFrom, Instant now) {
    return state == DelegationState.ACTIVE && now.isBefore(validFrom)
        ? PENDING
        : valueOf(state.name());
  }

  /** Returns the stored state that is shown as this one. */
  DelegationState stored() {
    return this == PENDING ? DelegationState.ACTIVE : DelegationState.valueOf(name());
  }

  public boolean isFinal() {
    return stored().isFinal();
  }
}
