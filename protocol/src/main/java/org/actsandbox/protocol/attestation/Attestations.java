package org.actsandbox.protocol.attestation;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;

/**
 * Where a participant leaves word of a standard event (ACT TSD-1). The record is made, signed and
 * anchored later and elsewhere: business waits for none of it.
 */
@FunctionalInterface
public interface Attestations {

  /** For participants that run outside a world. */
  Attestations NONE = _ -> {};

  /** Cheap. Within the caller's transaction, if there is one: both are there, or neither. */
  void report(AttestationEvent attestationEvent);

  /**
   * Ids of the records that {@code holder} itself reported of a purchase, oldest first: what it has
   * to show when somebody asks (ACT TSD-6).
   */
  default List<String> recordsOf(Did holder, RecordLinks recordLinks) {
    return List.of();
  }

  /** Who keeps the records, and asks for them in a dispute. */
  default Optional<Did> provider() {
    return Optional.empty();
  }
}
