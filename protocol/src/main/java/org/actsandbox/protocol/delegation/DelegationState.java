package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Set;

/** Lists the states of an IAC. {@link #successors()} is the complete lifecycle of ACT ADD-7. */
public enum DelegationState {
  ACTIVE("Active"),
  SUSPENDED("Suspended"),
  EXPIRED("Expired"),
  REVOKED("Revoked");

  private final String code;

  DelegationState(String code) {
    this.code = code;
  }

  /** Returns the standard's spelling, such as {@code Active}. */
  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  public static DelegationState ofCode(String code) {
    for (var state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("not a delegation state");
  }

  /** Returns the allowed next states; a final state has none. */
  public Set<DelegationState> successors() {
    return switch (this) {
      case ACTIVE -> EnumSet.of(SUSPENDED, EXPIRED, REVOKED);
      case SUSPENDED -> EnumSet.of(ACTIVE, EXPIRED, REVOKED);
      case EXPIRED, REVOKED -> EnumSet.noneOf(DelegationState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }
}
