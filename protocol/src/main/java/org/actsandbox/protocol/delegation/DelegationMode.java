package org.actsandbox.protocol.delegation;

/** How free the agent is (ACT ADD, field {@code delegation_mode}). */
public enum DelegationMode {
  /** The target is fixed in advance: directed payment, L2. */
  SPECIFIED,
  /** Goal and bounds are fixed, the agent chooses inside them: autonomous payment, L3. */
  BOUNDED
}
