package org.actsandbox.sandbox.trust.record;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.TrustWorld;

/**
 * A participant's records as the trust service keeps them for it: left as word, found as records.
 */
public final class Custody implements Attestations {

  private final TrustWorld world;
  private final Outbox outbox;
  private final RecordStore records;

  public Custody(TrustWorld world, Outbox outbox, RecordStore records) {
    this.world = world;
    this.outbox = outbox;
    this.records = records;
  }

  @Override
  public void happened(Occurrence occurrence) {
    outbox.happened(occurrence);
  }

  @Override
  public List<String> recordsOf(Did holder, Links links) {
    return records.reportedBy(holder, links);
  }

  @Override
  public Optional<Did> provider() {
    return Optional.of(world.did());
  }
}
