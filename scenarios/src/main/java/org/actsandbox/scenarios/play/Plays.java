package org.actsandbox.scenarios.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.script.Script;

/** The plays that go on, a few at a time, and the last ones that are over. */
public final class Plays implements AutoCloseable {

  private static final int MAX_KEPT = 50;

  private final int most;
  private final Deque<Play> plays = new ArrayDeque<>();

  /**
   * @param most how many may go on at the same time
   */
  public Plays(int most) {
    this.most = most;
  }

  /**
   * Starts one in a new world of that name.
   *
   * @throws Refusal {@code rate_limited} when too many go on already, {@code invalid_field} when
   *     one goes on in that world
   */
  public synchronized Play start(
      Script script, Server server, String world, Pace pace, PlayListener listener) {
    if (going().size() >= most) {
      throw new Refusal(
              Problem.RATE_LIMITED, "%d scenarios are being played already".formatted(most))
          .expected("at most %d at a time".formatted(most))
          .remedy("Stop one of them, or wait until it is over.");
    }
    if (going().stream().anyMatch(play -> play.world().equals(world))) {
      throw new Refusal(Problem.INVALID_FIELD, "a scenario is being played in world " + world)
          .at("world")
          .expected("a world of its own")
          .observed(world);
    }
    var play = new Play(script, server, world, pace, listener);
    plays.removeIf(other -> other.world().equals(world));
    plays.addLast(play);
    if (plays.size() > MAX_KEPT) {
      plays.stream()
          .filter(other -> other.progress().state().isOver())
          .findFirst()
          .ifPresent(plays::remove);
    }
    Thread.ofVirtual().name("play-" + world).start(play::run);
    return play;
  }

  /** The play in that world, also when it is over. */
  public synchronized Optional<Play> find(String world) {
    return plays.stream().filter(play -> play.world().equals(world)).findFirst();
  }

  /** Those that are not over, oldest first. */
  public synchronized List<Play> going() {
    return plays.stream().filter(play -> !play.progress().state().isOver()).toList();
  }

  @Override
  public synchronized void close() {
    plays.forEach(Play::stop);
  }
}
