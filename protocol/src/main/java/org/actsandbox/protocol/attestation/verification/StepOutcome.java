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

  /** Of the record that the walk began with, all seven in their order. */
  static List<StepOutcome> of(ChainWalk.Walk walk) {
    return Arrays.stream(Step.values())
        .map(step -> new StepOutcome(step, state(step, walk)))
        .toList();
  }

  private static State state(Step step, ChainWalk.Walk walk) {
    var failed = failed(walk);
    if (failed != null) {
      return step == failed
          ? State.FAILED
          : step.compareTo(failed) < 0 ? State.PASSED : State.NOT_REACHED;
    }
    return step == Step.WALK_UPSTREAM && !walk.walked() ? State.NOT_ASKED : State.PASSED;
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
