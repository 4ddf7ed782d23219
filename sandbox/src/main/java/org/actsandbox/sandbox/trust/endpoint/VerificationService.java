package org.actsandbox.sandbox.trust.endpoint;

import java.util.Map;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.AnchorSource;
import org.actsandbox.protocol.attestation.verification.RecordSource;
import org.actsandbox.protocol.attestation.verification.RecordVerifier;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.trust.TrustVerifier;
import org.actsandbox.sandbox.trust.TrustWorld;

/** Verifies records as any outsider would, and notes the results in the journal. */
public final class VerificationService {

  private final TrustWorld world;
  private final TrustVerifier trustVerifier;

  VerificationService(TrustWorld world, TrustVerifier trustVerifier) {
    this.world = world;
    this.trustVerifier = trustVerifier;
  }

  /** Verifies a record alone, or with all its upstream records. */
  public UpstreamVerifier.ChainVerification verify(
      String recordId, boolean upstream, Caller caller) {
    return noteAll(trustVerifier.verify(recordId, upstream), caller);
  }

  /** Verifies a record that the caller presents. */
  public UpstreamVerifier.ChainVerification verify(
      String recordId, RecordCodec.ReadResult shown, Caller caller) {
    return noteAll(trustVerifier.verify(recordId, shown), caller);
  }

  private UpstreamVerifier.ChainVerification noteAll(
      UpstreamVerifier.ChainVerification chainVerification, Caller caller) {
    chainVerification.records().forEach(each -> note(each, caller));
    return chainVerification;
  }

  /**
   * Returns the standard verifier, which takes keys from the registry and queries the chain for
   * anchors.
   */
  static TrustVerifier standardVerifier(
      TrustWorld shown, RecordSource records, AnchorSource anchors) {
    var recordVerifier = new RecordVerifier(shown, anchors, shown.did());
    var chain = new UpstreamVerifier(records, recordVerifier);
    return new TrustVerifier() {
      @Override
      public UpstreamVerifier.ChainVerification verify(String recordId, boolean upstream) {
        return upstream
            ? chain.verify(recordId)
            : verify(
                recordId, records.find(recordId).orElseThrow(() -> RecordAccess.unknown(recordId)));
      }

      @Override
      public UpstreamVerifier.ChainVerification verify(
          String recordId, RecordCodec.ReadResult shown) {
        return UpstreamVerifier.ChainVerification.ofSingle(recordVerifier.verify(recordId, shown));
      }
    };
  }

  /**
   * Notes a verification: the standard asks verifiers to keep what they verified, and the result.
   */
  private void note(Verification done, Caller caller) {
    world.note(
        JournalNote.Kind.DECISION,
        JournalEvent.RECORD_VERIFIED,
        Map.of(),
        Map.of(
            "record_id", done.recordId(),
            "result", done.result().name(),
            "reason", done.reason() == null ? "" : done.reason().code(),
            "by", caller.did().map(Did::value).orElse(caller.role().code())));
  }
}
