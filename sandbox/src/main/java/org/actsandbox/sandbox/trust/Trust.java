package org.actsandbox.sandbox.trust;

import java.util.List;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.trust.chain.Chain;
import org.actsandbox.sandbox.trust.record.AnchorClient;
import org.actsandbox.sandbox.trust.record.Outbox;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.Recorder;

/** The trust service of one world: what endpoints take as argument. */
public final class Trust {

  private final TrustWorld world;
  private final Attestations attestations;
  private final Chain chain;
  private final RecordStore store;
  private final Recorder recorder;
  private final Records records;
  private final Verifications verifications;

  /**
   * @param attesting false for worlds in which nothing is recorded
   */
  public Trust(TrustWorld world, boolean attesting) {
    this.world = world;
    var outbox = new Outbox(world);
    this.attestations = attesting ? outbox : Attestations.NONE;
    this.chain = new Chain(world);
    this.store = new RecordStore(world);
    this.recorder = new Recorder(world, outbox, store);
    this.records = new Records(world, store);
    this.verifications = new Verifications(world, records, new AnchorClient(world));
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

  public RecordStore store() {
    return store;
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
    return List.of(recorder);
  }

  public void close() {
    recorder.close();
  }
}
