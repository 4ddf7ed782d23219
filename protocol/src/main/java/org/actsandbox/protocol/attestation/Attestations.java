package org.actsandbox.protocol.attestation;

/**
 * Where a participant leaves word of a standard event (ACT TSD-1). The record is made, signed and
 * anchored later and elsewhere: business waits for none of it.
 */
@FunctionalInterface
public interface Attestations {

  /** For participants that run outside a world. */
  Attestations NONE = _ -> {};

  /** Cheap. Within the caller's transaction, if there is one: both are there, or neither. */
  void happened(Occurrence occurrence);
}
