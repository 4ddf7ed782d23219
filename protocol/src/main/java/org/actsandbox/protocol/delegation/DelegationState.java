package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Set;

/** The life of an IAC: the whole of ACT ADD-7 is {@link #successors()}. */
public enum DelegationState {
  ACTIVE("Active"),
  SUSPENDED("Suspended"),
  EXPIRED("Expired"),
  REVOKED("Revoked");

  private final String code;

  DelegationState(String code) {
    this.code = code;
  }

  /** The standard's spelling: {@code Active}. */
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

  /** A move not listed here is refused; a final state lists none. */
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
