package org.actsandbox.protocol.delegation;

/** Lists the degrees of freedom of the agent (ACT ADD, field {@code delegation_mode}). */
public enum DelegationMode {
  /** The target is fixed in advance: directed payment, L2. */
  SPECIFIED,
  /** Goal and bounds are fixed, and the agent chooses within them: autonomous payment, L3. */
  BOUNDED
}
