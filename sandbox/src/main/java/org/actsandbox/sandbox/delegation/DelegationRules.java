package org.actsandbox.sandbox.delegation;

import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Defines the decisions of the delegation service that mutants replace; the defaults are the
 * standard's rules.
 */
public interface DelegationRules {

  DelegationRules STANDARD = new DelegationRules() {};

  /** Tells whether the asking participant owns the delegation; all others may not see it. */
  default boolean isOwn(Did asking, Did owner) {
    return asking.equals(owner);
  }

  /** Tells whether the confirmed digest is that of the content shown now (ACT ADD-2). */
  default boolean isShown(String shown, @Nullable String confirmed) {
    return shown.equals(confirmed);
  }

  /** Tells whether a suspended delegation is resumed only with the PIN (ACT ADD-7). */
  default boolean isResumedWithPin() {
    return true;
  }

  /** Returns the states that a status list publishes for the issued credentials (ACT ADD-8). */
  default Map<Integer, DelegationState> listed(Map<Integer, DelegationState> issued) {
    return issued;
  }

  /** Tells whether the service confirms a credential that it issued (ACT ADD-8). */
  default boolean isAcknowledged(String iacDigest) {
    return true;
  }
}
