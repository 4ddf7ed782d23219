package org.actsandbox.protocol.attestation.verification;

/** Lists the seven steps of verification in the order in which they are taken (ACT TSD-5). */
public enum VerificationStep {
  FETCH_RECORD,
  OBTAIN_KEYS,
  RECOMPUTE_HASH,
  CHECK_SIGNATURES,
  CHECK_ANCHOR,
  WALK_UPSTREAM,
  CONCLUDE
}
