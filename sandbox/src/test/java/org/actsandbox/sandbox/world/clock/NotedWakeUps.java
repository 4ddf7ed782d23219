package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;

/**
 * Notes when a clock asks the machine to wake it.
 *
 * @param machineTimes gets each of these moments
 */
record NotedWakeUps(List<DueWork> dueWork, List<Instant> machineTimes)
    implements SimulatedClock.Callbacks {

  @Override
  public BackgroundTurns backgroundTurns() {
    return new BackgroundTurns();
  }

  @Override
  public void saveState(ClockState state) {}

  @Override
  public void wakeAt(Instant machineTime) {
    machineTimes.add(machineTime);
  }
}
