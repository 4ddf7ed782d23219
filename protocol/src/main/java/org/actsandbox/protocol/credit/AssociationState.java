package org.actsandbox.protocol.credit;

import java.util.EnumSet;
import java.util.Set;

/**
 * Lists the states of a credential; {@link #successors()} is the complete lifecycle (ACT CRD-2).
 */
public enum AssociationState {
  PENDING,
  ACTIVE,
  SUSPENDED,
  REVOKED,
  EXPIRED;

  /** Returns the allowed next states; a final state has none. */
  public Set<AssociationState> successors() {
    return switch (this) {
      case PENDING -> EnumSet.of(ACTIVE, REVOKED, EXPIRED);
      case ACTIVE -> EnumSet.of(SUSPENDED, REVOKED, EXPIRED);
      case SUSPENDED -> EnumSet.of(ACTIVE, REVOKED, EXPIRED);
      case REVOKED, EXPIRED -> EnumSet.noneOf(AssociationState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }
}
