package org.actsandbox.sandbox.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.actsandbox.protocol.delegation.DelegationState;

/**
 * How a delegation is shown: by the states of ACT ADD-7, and before its window as pending, because
 * the standard calls a credential Active only inside it. Ours: pending is read from the clock and
 * never stored; it may be suspended and revoked like an active one.
 */
public enum ShownState {
  PENDING("Pending"),
  ACTIVE("Active"),
  SUSPENDED("Suspended"),
  EXPIRED("Expired"),
  REVOKED("Revoked");

  private final String code;

  ShownState(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  static ShownState ofCode(String code) {
    for (var state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("not a state of a delegation");
  }

  static ShownState of(DelegationState state, Instant validFrom, Instant now) {
    return state == DelegationState.ACTIVE && now.isBefore(validFrom)
        ? PENDING
        : valueOf(state.name());
  }

  /** The stored state that may be shown as this one. */
  DelegationState stored() {
    return this == PENDING ? DelegationState.ACTIVE : DelegationState.valueOf(name());
  }

  public boolean isFinal() {
    return stored().isFinal();
  }
}
