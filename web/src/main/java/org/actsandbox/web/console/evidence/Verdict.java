package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.attestation.verification.ChainWalk;
import org.actsandbox.protocol.attestation.verification.Reason;
import org.actsandbox.protocol.attestation.verification.Step;
import org.actsandbox.protocol.attestation.verification.StepOutcome;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.web.console.picture.CausesPicture;
import org.actsandbox.web.console.picture.MerklePicture;
import org.jspecify.annotations.Nullable;

/**
 * What verifying a record and its causes came to.
 *
 * @param own of the record asked for; null when nobody could show it
 * @param firstBroken the first record that does not hold, when it is not the one asked for
 * @param merkle null where it is not the chain that does not agree
 */
record Verdict(
    String recordId,
    boolean verified,
    List<StepOutcome> steps,
    @Nullable Verification own,
    @Nullable Verification firstBroken,
    List<String> missing,
    @Nullable MerklePicture merkle,
    CausesPicture causes) {

  static Verdict of(Trust trust, String recordId, ChainWalk.Walk walk) {
    var own = walk.records().isEmpty() ? null : walk.records().getFirst();
    var records =
        walk.records().stream()
            .flatMap(each -> trust.records().find(each.recordId()).stream())
            .toList();
    return new Verdict(
        recordId,
        walk.isVerified(),
        walk.steps(),
        own,
        walk.records().stream().skip(1).filter(each -> !each.isVerified()).findFirst().orElse(null),
        walk.missing(),
        merkle(trust, recordId, own),
        CausesPicture.of(records, walk.records(), walk.missing()));
  }

  /** Where it is the chain that does not agree; who is silent shows nothing. */
  private static @Nullable MerklePicture merkle(
      Trust trust, String recordId, @Nullable Verification own) {
    var reason = own == null ? null : own.reason();
    return reason == null
            || reason.step() != Step.CHECK_ANCHOR
            || reason == Reason.CHAIN_NOT_ANSWERING
        ? null
        : trust.chain().trace(recordId).map(trace -> MerklePicture.of(trace, reason)).orElse(null);
  }
}
