package org.actsandbox.sandbox.trust;

import java.util.List;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.actsandbox.sandbox.trust.chain.Log;
import org.actsandbox.sandbox.trust.record.AnchorClient;
import org.actsandbox.sandbox.trust.record.Custody;
import org.actsandbox.sandbox.trust.record.Outbox;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.Recorder;

/** The trust service of one world: what endpoints take as argument. */
public final class Trust {

  private final TrustWorld world;
  private final TrustWorld seen;
  private final Attestations attestations;
  private final Chain chain;
  private final Log log;
  private final Recorder recorder;
  private final Records records;
  private final Verifications verifications;

  /**
   * @param lens through which everybody but recorder and chain sees what is stored
   * @param attesting false for worlds in which nothing is recorded
   */
  public Trust(TrustWorld world, Lens lens, TrustParts parts, boolean attesting) {
    this.world = world;
    this.seen = world.seenThrough(lens);
    var outbox = new Outbox(world);
    this.chain = new Chain(world, lens);
    this.log = parts.log(chain);
    var client = new AnchorClient(world);
    var store = new RecordStore(world, Lens.CLEAR);
    this.attestations =
        attesting ? parts.attestations(new Custody(world, outbox, store)) : Attestations.NONE;
    this.recorder = new Recorder(world, outbox, store, parts.submitting(client));
    this.records = new Records(world, store, new RecordStore(world, lens));
    this.verifications =
        new Verifications(
            world, parts.verifying(Verifications.standard(seen, records::reading, client)));
  }

  public TrustWorld world() {
    return world;
  }

  /** Where participants leave word of what happened. */
  public Attestations attestations() {
    return attestations;
  }

  public Chain chain() {
    return chain;
  }

  /** Where anchors are appended. */
  public Log log() {
    return log;
  }

  /** A participant's keys, oldest first, as the registry shows them; empty for strangers. */
  public List<KeyPeriod> keys(Did owner) {
    return seen.keyPeriods().apply(owner);
  }

  public Recorder recorder() {
    return recorder;
  }

  public Records records() {
    return records;
  }

  public Verifications verifications() {
    return verifications;
  }

  public List<DueWork> dueWork() {
    return List.of(recorder.dueWork());
  }

  public void close() {
    recorder.close();
  }
}
