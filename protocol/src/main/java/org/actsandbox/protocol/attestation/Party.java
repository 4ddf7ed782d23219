package org.actsandbox.protocol.attestation;

import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * A participant of an event and its role in it (ACT TSD-2).
 *
 * @param onBehalfOf the participant for which it acts; null if it acts for itself
 */
public record Party(Did participantId, Role role, @Nullable Did onBehalfOf) {

  /** Lists the roles that the standard names. */
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
