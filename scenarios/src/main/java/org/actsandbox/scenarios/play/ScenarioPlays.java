package org.actsandbox.scenarios.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.Script;

/**
 * Keeps the running plays, of which only a few are allowed at the same time, and the last ones that
 * are over.
 */
public final class ScenarioPlays implements AutoCloseable {

  private static final int MAX_KEPT = 50;

  private final int maxRunning;
  private final Deque<ScenarioPlay> plays = new ArrayDeque<>();

  /**
   * @param maxRunning how many plays may run at the same time
   */
  public ScenarioPlays(int maxRunning) {
    this.maxRunning = maxRunning;
  }

  /**
   * Starts a play in a new world of this name.
   *
   * @throws Refusal {@code rate_limited} if too many plays are running, {@code invalid_field} if
   *     one is running in a world of this name
   */
  public synchronized ScenarioPlay start(
      Script script,
      TargetServer targetServer,
      String world,
      PlayPace playPace,
      PlayListener listener) {
    if (running().size() >= maxRunning) {
      throw new Refusal(
              Problem.RATE_LIMITED, "%d scenarios are being played already".formatted(maxRunning))
          .expected("at most %d at a time".formatted(maxRunning))
          .remedy("Stop one of them, or wait until it is over.");
    }
    if (running().stream().anyMatch(scenarioPlay -> scenarioPlay.world().equals(world))) {
      throw new Refusal(Problem.INVALID_FIELD, "a scenario is being played in world " + world)
          .at("world")
          .expected("a world of its own")
          .observed(world);
    }
    var scenarioPlay = new ScenarioPlay(script, targetServer, world, playPace, listener);
    plays.removeIf(other -> other.world().equals(world));
    plays.addLast(scenarioPlay);
    if (plays.size() > MAX_KEPT) {
      plays.stream()
          .filter(other -> other.progress().state().isOver())
          .findFirst()
          .ifPresent(plays::remove);
    }
    Thread.ofVirtual().name("play-" + world).start(scenarioPlay::run);
    return scenarioPlay;
  }

  /** Returns the play in this world, also if it is over. */
  public synchronized Optional<ScenarioPlay> find(String world) {
    return plays.stream().filter(scenarioPlay -> scenarioPlay.world().equals(world)).findFirst();
  }

  /** Returns the plays that are not over, oldest first. */
  public synchronized List<ScenarioPlay> running() {
    return plays.stream()
        .filter(scenarioPlay -> !scenarioPlay.progress().state().isOver())
        .toList();
  }

  @Override
  public synchronized void close() {
    plays.forEach(ScenarioPlay::stop);
  }
}
