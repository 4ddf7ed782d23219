package org.actsandbox.protocol.attestation.verification;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one of the seven steps: the first that fails ends the verification (ACT TSD-5). */
public record VerificationStepOutcome(VerificationStep step, State state) {

  /** A step comes to an end, or another one failed before it; walking upstream is optional. */
  public enum State {
    PASSED,
    FAILED,
    NOT_REACHED,
    NOT_ASKED
  }

  /**
   * All seven in their order.
   *
   * @param failed the first that did; null when none did
   * @param walked whether anybody asked for what is upstream
   */
  public static List<VerificationStepOutcome> upTo(
      @Nullable VerificationStep failed, boolean walked) {
    return Arrays.stream(VerificationStep.values())
        .map(
            verificationStep ->
                new VerificationStepOutcome(
                    verificationStep, state(verificationStep, failed, walked)))
        .toList();
  }

  private static State state(
      VerificationStep verificationStep, @Nullable VerificationStep failed, boolean walked) {
    if (failed != null && verificationStep.compareTo(failed) >= 0) {
      return verificationStep == failed ? State.FAILED : State.NOT_REACHED;
    }
    return verificationStep == VerificationStep.WALK_UPSTREAM && !walked
        ? State.NOT_ASKED
        : State.PASSED;
  }

  /** Of the record that the walk began with. */
  static List<VerificationStepOutcome> of(UpstreamVerifier.ChainVerification chainVerification) {
    return upTo(failed(chainVerification), chainVerification.walked());
  }

  private static @Nullable VerificationStep failed(
      UpstreamVerifier.ChainVerification chainVerification) {
    if (chainVerification.records().isEmpty()) {
      return VerificationStep.FETCH_RECORD;
    }
    var verificationFailure = chainVerification.records().getFirst().reason();
    if (verificationFailure != null) {
      return verificationFailure.step();
    }
    return chainVerification.isVerified() ? null : VerificationStep.WALK_UPSTREAM;
  }
}
