package org.actsandbox.sandbox.trust.record;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.TrustWorld;

/** Stores attestation events until they are recorded, and finds the records made of them. */
public final class RecordAttestations implements Attestations {

  private final TrustWorld world;
  private final RecordOutbox recordOutbox;
  private final RecordStore records;

  public RecordAttestations(TrustWorld world, RecordOutbox recordOutbox, RecordStore records) {
    this.world = world;
    this.recordOutbox = recordOutbox;
    this.records = records;
  }

  @Override
  public void report(AttestationEvent attestationEvent) {
    recordOutbox.add(attestationEvent);
  }

  @Override
  public List<String> recordsOf(Did holder, RecordLinks recordLinks) {
    return records.reportedBy(holder, recordLinks);
  }

  @Override
  public Optional<Did> provider() {
    return Optional.of(world.did());
  }
}
