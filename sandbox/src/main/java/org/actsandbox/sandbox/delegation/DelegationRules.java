package org.actsandbox.sandbox.delegation;

import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/** What the service decides by; honest unless somebody builds another service. */
public interface DelegationRules {

  DelegationRules STANDARD = new DelegationRules() {};

  /** Whether a delegation is there for whoever asks: its owner, and nobody else. */
  default boolean isOwn(Did asking, Did owner) {
    return asking.equals(owner);
  }

  /** Whether what was confirmed is what the page shows now (ACT ADD-2). */
  default boolean isShown(String shown, @Nullable String confirmed) {
    return shown.equals(confirmed);
  }

  /** Whether the principal goes on with what was stopped only by entering the PIN (ACT ADD-7). */
  default boolean isResumedWithPin() {
    return true;
  }

  /** What a status list says of the credentials that were issued (ACT ADD-8). */
  default Map<Integer, DelegationState> listed(Map<Integer, DelegationState> issued) {
    return issued;
  }

  /** Whether the service says that it issued a credential which it did issue (ACT ADD-8). */
  default boolean isAcknowledged(String iacDigest) {
    return true;
  }
}
