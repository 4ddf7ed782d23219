package org.actsandbox.sandbox.control;

import java.time.Instant;
import java.util.Arrays;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/**
 * Represents the request body that sets a world's clock.
 *
 * @param mode real, offset or stopped
 * @param now time that the clock shall show; absent keeps the present time
 */
public record ClockRequest(@Nullable String mode, @Nullable Instant now)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    if (mode != null) {
      mistakes.check(this::knownMode);
    }
  }

  /** Returns the state of the clock of a new world. */
  ClockState initialState(Instant machine) {
    return ClockState.of(knownMode(), now, machine);
  }

  void applyTo(WorldClock clock) {
    clock.set(knownMode(), now);
  }

  private WorldClock.Mode knownMode() {
    return Arrays.stream(WorldClock.Mode.values())
        .filter(each -> each.code().equals(mode))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.INVALID_FIELD, "not a mode of a clock")
                    .at("mode")
                    .expected("real, offset or stopped")
                    .observed(String.valueOf(mode)));
  }
}
