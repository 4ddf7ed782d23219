package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import tools.jackson.databind.node.ObjectNode;

/**
 * A standard event as the participant to which it happened reports it (ACT TSD-1). A record is made
 * of it later.
 *
 * @param at business time of the event
 * @param parties at least one; the reporter comes first
 * @param body business detail without names, documents or account numbers: where these matter, the
 *     body has their digests, under names that end in {@code _digest}
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

  /** Returns the participant that reports the event and keeps its record. */
  public Did reporter() {
    return parties.getFirst().participantId();
  }
}
