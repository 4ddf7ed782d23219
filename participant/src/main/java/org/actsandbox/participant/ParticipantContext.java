package org.actsandbox.participant;

import java.time.InstantSource;
import java.time.ZoneId;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what all participants of a world need alike; each has one with its own name, clock and key.
 *
 * @param partition the first key column of every row; opaque to domain code
 * @param did the participant itself
 * @param clock the participant's own clock, which a fault may set ahead of the world's
 * @param agenda takes due times of that clock
 * @param signer signs with the participant's newest key
 * @param keys the public keys of the world
 * @param severalPrincipals whether the world has several principals, so that entries name theirs
 * @param attestations where attested events are reported
 */
public record ParticipantContext(
    String partition,
    Did did,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    Transactions transactions,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    Signer signer,
    KeyDirectory keys,
    OutboundClient outbound,
    boolean severalPrincipals,
    Attestations attestations) {

  /** Returns a copy with another clock and calendar. */
  public ParticipantContext withClock(InstantSource other, ZoneId otherZone) {
    return copy(other, otherZone, outbound, attestations);
  }

  /** Returns a copy that sends its calls through {@code other}. */
  public ParticipantContext withOutbound(OutboundClient other) {
    return copy(clock, zone, other, attestations);
  }

  /** Returns a copy that reports attested events to {@code other}. */
  public ParticipantContext withAttestations(Attestations other) {
    return copy(clock, zone, outbound, other);
  }

  private ParticipantContext copy(
      InstantSource newClock, ZoneId newZone, OutboundClient newOutbound, Attestations reports) {
    return new ParticipantContext(
        partition,
        did,
        newClock,
        newZone,
        jdbc,
        transactions,
        ids,
        journal,
        agenda,
        signer,
        keys,
        newOutbound,
        severalPrincipals,
        reports);
  }
}
