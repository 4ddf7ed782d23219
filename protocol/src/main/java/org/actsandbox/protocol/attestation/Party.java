package org.actsandbox.protocol.attestation;

import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Who took part in an event, and as what (ACT TSD-2).
 *
 * @param onBehalfOf whom it acts for, when it acts for somebody else
 */
public record Party(Did participantId, Role role, @Nullable Did onBehalfOf) {

  /** The roles the standard names. */
  public enum Role {
    PAYER_AGENT,
    PAYEE_AGENT,
    MERCHANT,
    PSP,
    DELEGATOR_AGENT,
    ATTESTATION_PROVIDER
  }

  public static Party of(Did participant, Role role) {
    return new Party(participant, role, null);
  }
}
