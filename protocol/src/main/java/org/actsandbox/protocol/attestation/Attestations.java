package org.actsandbox.protocol.attestation;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;

/**
 * Takes the standard events that a participant reports (ACT TSD-1). The record is made, signed and
 * anchored later and elsewhere, so that business never waits for it.
 */
@FunctionalInterface
public interface Attestations {

  /** Ignores all events; for participants that run outside a world. */
  Attestations NONE = _ -> {};

  /**
   * Stores an event until its record is made. It joins the caller's transaction if there is one, so
   * that both are stored or neither is. The call is cheap.
   */
  void report(AttestationEvent event);

  /**
   * Returns the ids of the records that {@code holder} itself reported of a purchase, oldest first.
   * These are its evidence in a dispute (ACT TSD-6).
   */
  default List<String> recordsOf(Did holder, RecordLinks links) {
    return List.of();
  }

  /** Returns the attestation provider, which keeps the records and asks for them in a dispute. */
  default Optional<Did> provider() {
    return Optional.empty();
  }
}
