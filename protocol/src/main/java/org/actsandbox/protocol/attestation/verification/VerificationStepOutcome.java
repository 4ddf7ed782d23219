package org.actsandbox.protocol.attestation.verification;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one of the seven steps. The first step that fails ends the verification (ACT
 * TSD-5).
 */
public record VerificationStepOutcome(VerificationStep step, State state) {

  /** Lists the states of a step; {@code NOT_ASKED} is for the optional upstream step only. */
  public enum State {
    PASSED,
    FAILED,
    NOT_REACHED,
    NOT_ASKED
  }

  /**
   * Returns the outcomes of all seven steps in their order.
   *
   * @param failed the step that failed; null if none did
   * @param walked whether verification of upstream records was requested
   */
  public static List<VerificationStepOutcome> upTo(
      @Nullable VerificationStep failed, boolean walked) {
    return Arrays.stream(VerificationStep.values())
        .map(step -> new VerificationStepOutcome(step, state(step, failed, walked)))
        .toList();
  }

  private static State state(
      VerificationStep step, @Nullable VerificationStep failed, boolean walked) {
    if (failed != null && step.compareTo(failed) >= 0) {
      return step == failed ? State.FAILED : State.NOT_REACHED;
    }
    return step == VerificationStep.WALK_UPSTREAM && !walked ? State.NOT_ASKED : State.PASSED;
  }

  /** Returns the outcomes for the first record of the result, which is the requested one. */
  static List<VerificationStepOutcome> of(UpstreamVerifier.ChainVerification verification) {
    return upTo(failedStep(verification), verification.walked());
  }

  private static @Nullable VerificationStep failedStep(
      UpstreamVerifier.ChainVerification verification) {
    if (verification.records().isEmpty()) {
      return VerificationStep.FETCH_RECORD;
    }
    var failure = verification.records().getFirst().reason();
    if (failure != null) {
      return failure.step();
    }
    return verification.isVerified() ? null : VerificationStep.WALK_UPSTREAM;
  }
}
