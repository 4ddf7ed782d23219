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

/** The plays that go on, a few at a time, and the last ones that are over. */
public final class ScenarioPlays implements AutoCloseable {

  private static final int MAX_KEPT = 50;

  private final int most;
  private final Deque<ScenarioPlay> scenarioPlaies = new ArrayDeque<>();

  /**
   * @param most how many may go on at the same time
   */
  public ScenarioPlays(int most) {
    this.most = most;
  }

  /**
   * Starts one in a new world of that name.
   *
   * @throws Refusal {@code rate_limited} when too many go on already, {@code invalid_field} when
   *     one goes on in that world
   */
  public synchronized ScenarioPlay start(
      Script script,
      TargetServer targetServer,
      String world,
      PlayPace playPace,
      PlayListener listener) {
    if (running().size() >= most) {
      throw new Refusal(
              Problem.RATE_LIMITED, "%d scenarios are being played already".formatted(most))
          .expected("at most %d at a time".formatted(most))
          .remedy("Stop one of them, or wait until it is over.");
    }
    if (running().stream().anyMatch(scenarioPlay -> scenarioPlay.world().equals(world))) {
      throw new Refusal(Problem.INVALID_FIELD, "a scenario is being played in world " + world)
          .at("world")
          .expected("a world of its own")
          .observed(world);
    }
    var scenarioPlay = new ScenarioPlay(script, targetServer, world, playPace, listener);
    scenarioPlaies.removeIf(other -> other.world().equals(world));
    scenarioPlaies.addLast(scenarioPlay);
    if (scenarioPlaies.size() > MAX_KEPT) {
      scenarioPlaies.stream()
          .filter(other -> other.progress().state().isOver())
          .findFirst()
          .ifPresent(scenarioPlaies::remove);
    }
    Thread.ofVirtual().name("play-" + world).start(scenarioPlay::run);
    return scenarioPlay;
  }

  /** The play in that world, also when it is over. */
  public synchronized Optional<ScenarioPlay> find(String world) {
    return scenarioPlaies.stream()
        .filter(scenarioPlay -> scenarioPlay.world().equals(world))
        .findFirst();
  }

  /** Those that are not over, oldest first. */
  public synchronized List<ScenarioPlay> running() {
    return scenarioPlaies.stream()
        .filter(scenarioPlay -> !scenarioPlay.progress().state().isOver())
        .toList();
  }

  @Override
  public synchronized void close() {
    scenarioPlaies.forEach(ScenarioPlay::stop);
  }
}
