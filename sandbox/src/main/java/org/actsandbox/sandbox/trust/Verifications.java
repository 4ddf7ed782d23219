package org.actsandbox.sandbox.trust;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.AnchorSource;
import org.actsandbox.protocol.attestation.verification.ChainWalk;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.Verifier;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;

/** Verifies records as anybody would: keys from the registry, anchors asked of the chain. */
public final class Verifications {

  private static final String COMPONENT = "TSD-ATT-SVF";

  private final TrustWorld world;
  private final Records records;
  private final Verifier verifier;

  Verifications(TrustWorld world, Records records, AnchorSource anchors) {
    this.world = world;
    this.records = records;
    this.verifier = new Verifier(world, anchors, world.did());
  }

  /** The record alone, or with everything upstream of it. */
  public ChainWalk.Walk verify(String recordId, boolean upstream, Caller caller) {
    var walk =
        upstream
            ? new ChainWalk(records::reading, verifier).from(recordId)
            : alone(
                recordId, records.reading(recordId).orElseThrow(() -> Records.unknown(recordId)));
    walk.records().forEach(each -> note(each, caller));
    return walk;
  }

  /** A record that somebody shows. */
  public ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown, Caller caller) {
    var walk = alone(recordId, shown);
    walk.records().forEach(each -> note(each, caller));
    return walk;
  }

  private ChainWalk.Walk alone(String recordId, RecordCodec.Reading reading) {
    return new ChainWalk.Walk(List.of(verifier.verify(recordId, reading)), List.of(), true);
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
