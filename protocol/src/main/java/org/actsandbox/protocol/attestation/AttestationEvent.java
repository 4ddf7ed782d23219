package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import tools.jackson.databind.node.ObjectNode;

/**
 * A standard event as the participant it happened to reports it (ACT TSD-1).
 *
 * @param parties the reporter first
 * @param body business detail; no names, documents or account numbers: digests of them where they
 *     matter, under a name that ends in {@code _digest}
 */
public record AttestationEvent(
    EventType type, Instant at, RecordLinks links, List<Party> parties, ObjectNode body) {

  public AttestationEvent {
    parties = List.copyOf(parties);
    if (parties.isEmpty()) {
      throw new IllegalArgumentException("an event needs at least one participant");
    }
    if (!type.isComplete(links)) {
      throw new IllegalArgumentException(type.code() + " lacks an identifier: " + links);
    }
  }

  /** Who keeps the record. */
  public Did reporter() {
    return parties.getFirst().participantId();
  }
}
