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

/** Is the trust service of one world, which endpoints take as argument. */
public final class TrustService {

  private final TrustWorld world;
  private final TrustWorld shown;
  private final Attestations attestations;
  private final AnchorChain anchorChain;
  private final AnchorLog log;
  private final EventRecorder eventRecorder;
  private final RecordAccess recordAccess;
  private final VerificationService verificationService;

  /**
   * @param evidenceView the view through which all readers see the evidence; recorder and chain
   *     read the rows themselves
   * @param attesting false for worlds without attestation records
   */
  public TrustService(
      TrustWorld world, EvidenceView evidenceView, TrustParts parts, boolean attesting) {
    this.world = world;
    this.shown = world.withView(evidenceView);
    var recordOutbox = new RecordOutbox(world);
    this.anchorChain = new AnchorChain(world, evidenceView);
    this.log = parts.anchorLog(anchorChain);
    var client = new AnchorClient(world);
    var store = new RecordStore(world, EvidenceView.UNCHANGED);
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
                VerificationService.standardVerifier(shown, recordAccess::read, client)));
  }

  public TrustWorld world() {
    return world;
  }

  /** Returns the outbox to which participants report their events. */
  public Attestations attestations() {
    return attestations;
  }

  public AnchorChain chain() {
    return anchorChain;
  }

  /** Returns the log that anchors are appended to. */
  public AnchorLog log() {
    return log;
  }

  /**
   * Returns a participant's keys, oldest first, as the registry shows them; empty for unknown
   * participants.
   */
  public List<KeyPeriod> keys(Did owner) {
    return shown.keyPeriods().apply(owner);
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
