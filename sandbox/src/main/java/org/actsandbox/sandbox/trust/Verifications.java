package org.actsandbox.sandbox.trust;

import java.util.Map;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.AnchorSource;
import org.actsandbox.protocol.attestation.verification.ChainWalk;
import org.actsandbox.protocol.attestation.verification.RecordSource;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.Verifier;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Verifies records as anybody would, and keeps what came of it. */
public final class Verifications {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_SVF;

  private final TrustWorld world;
  private final Verifying verifying;

  Verifications(TrustWorld world, Verifying verifying) {
    this.world = world;
    this.verifying = verifying;
  }

  /** The record alone, or with everything upstream of it. */
  public ChainWalk.Walk verify(String recordId, boolean upstream, Caller caller) {
    return noted(verifying.verify(recordId, upstream), caller);
  }

  /** A record that somebody shows. */
  public ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown, Caller caller) {
    return noted(verifying.verify(recordId, shown), caller);
  }

  private ChainWalk.Walk noted(ChainWalk.Walk walk, Caller caller) {
    walk.records().forEach(each -> note(each, caller));
    return walk;
  }

  /** Keys from the registry, anchors asked of the chain. */
  static Verifying standard(TrustWorld seen, RecordSource records, AnchorSource anchors) {
    var verifier = new Verifier(seen, anchors, seen.did());
    var chain = new ChainWalk(records, verifier);
    return new Verifying() {
      @Override
      public ChainWalk.Walk verify(String recordId, boolean upstream) {
        return upstream
            ? chain.from(recordId)
            : verify(recordId, records.find(recordId).orElseThrow(() -> Records.unknown(recordId)));
      }

      @Override
      public ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown) {
        return ChainWalk.Walk.alone(verifier.verify(recordId, shown));
      }
    };
  }

  /** The standard asks verifiers to keep what they verified, and what came of it. */
  private void note(Verification done, Caller caller) {
    world.note(
        world.did(),
        JournalNote.Kind.DECISION,
        COMPONENT,
        "record-verified",
        Map.of(),
        Map.of(
            "record_id", done.recordId(),
            "result", done.result().name(),
            "reason", done.reason() == null ? "" : done.reason().code(),
            "by", caller.did().map(Did::value).orElse(caller.role().code())));
  }
}
