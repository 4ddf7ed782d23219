package org.actsandbox.sandbox.trust.endpoint;

import java.util.List;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.record.AnchorClient;
import org.actsandbox.sandbox.trust.record.EventRecorder;
import org.actsandbox.sandbox.trust.record.RecordAttestations;
import org.actsandbox.sandbox.trust.record.RecordOutbox;
import org.actsandbox.sandbox.trust.record.RecordStore;

/** The trust service of one world: what endpoints take as argument. */
public final class TrustService {

  private final TrustWorld world;
  private final TrustWorld seen;
  private final Attestations attestations;
  private final AnchorChain anchorChain;
  private final AnchorLog log;
  private final EventRecorder eventRecorder;
  private final RecordAccess recordAccess;
  private final VerificationService verificationService;

  /**
   * @param evidenceView through which everybody but recorder and chain sees what is stored
   * @param attesting false for worlds in which nothing is recorded
   */
  public TrustService(
      TrustWorld world, EvidenceView evidenceView, TrustParts parts, boolean attesting) {
    this.world = world;
    this.seen = world.withView(evidenceView);
    var recordOutbox = new RecordOutbox(world);
    this.anchorChain = new AnchorChain(world, evidenceView);
    this.log = parts.anchorLog(anchorChain);
    var client = new AnchorClient(world);
    var store = new RecordStore(world, EvidenceView.CLEAR);
    this.attestations =
        attesting
            ? parts.attestations(new RecordAttestations(world, recordOutbox, store))
            : Attestations.NONE;
    this.eventRecorder =
        new EventRecorder(world, recordOutbox, store, parts.anchorSubmitter(client));
    this.recordAccess = new RecordAccess(world, store, new RecordStore(world, evidenceView));
    this.verificationService =
        new VerificationService(
            world,
            parts.trustVerifier(
                VerificationService.standardVerifier(seen, recordAccess::read, client)));
  }

  public TrustWorld world() {
    return world;
  }

  /** Where participants leave word of what happened. */
  public Attestations attestations() {
    return attestations;
  }

  public AnchorChain chain() {
    return anchorChain;
  }

  /** Where anchors are appended. */
  public AnchorLog log() {
    return log;
  }

  /** A participant's keys, oldest first, as the registry shows them; empty for strangers. */
  public List<KeyPeriod> keys(Did owner) {
    return seen.keyPeriods().apply(owner);
  }

  public EventRecorder recorder() {
    return eventRecorder;
  }

  public RecordAccess records() {
    return recordAccess;
  }

  public VerificationService verifications() {
    return verificationService;
  }

  public List<DueWork> dueWork() {
    return List.of(eventRecorder.dueWork());
  }

  public void close() {
    eventRecorder.close();
  }
}
