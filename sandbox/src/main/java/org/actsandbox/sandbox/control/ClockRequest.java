package org.actsandbox.sandbox.control;

import java.time.Instant;
import java.util.Arrays;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/**
 * How a clock shall stand.
 *
 * @param mode real, offset or stopped
 * @param now what it shows then; absent keeps what it shows
 */
public record ClockRequest(@Nullable String mode, @Nullable Instant now) {

  /** For a world that is about to be made. */
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
