package org.actsandbox.protocol.attestation.verification;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one of the seven steps: the first that fails ends the verification (ACT TSD-5). */
public record StepOutcome(Step step, State state) {

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
  public static List<StepOutcome> upTo(@Nullable Step failed, boolean walked) {
    return Arrays.stream(Step.values())
        .map(step -> new StepOutcome(step, state(step, failed, walked)))
        .toList();
  }

  private static State state(Step step, @Nullable Step failed, boolean walked) {
    if (failed != null && step.compareTo(failed) >= 0) {
      return step == failed ? State.FAILED : State.NOT_REACHED;
    }
    return step == Step.WALK_UPSTREAM && !walked ? State.NOT_ASKED : State.PASSED;
  }

  /** Of the record that the walk began with. */
  static List<StepOutcome> of(ChainWalk.Walk walk) {
    return upTo(failed(walk), walk.walked());
  }

  private static @Nullable Step failed(ChainWalk.Walk walk) {
    if (walk.records().isEmpty()) {
      return Step.FETCH_RECORD;
    }
    var reason = walk.records().getFirst().reason();
    if (reason != null) {
      return reason.step();
    }
    return walk.isVerified() ? null : Step.WALK_UPSTREAM;
  }
}
