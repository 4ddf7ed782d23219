package org.actsandbox.scenarios.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.scenarios.engine.Failure;
import org.actsandbox.scenarios.engine.Mismatch;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.play.Progress.State;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scenario on its way through a world, on a thread of its own. Every step is told first and
 * happens when its pace, or whoever paused it, lets it. The world stays when it is over.
 *
 * <p>Safe for any number of threads. The listener is called on the play's thread; after {@link
 * #stop} the step that is going on is finished first.
 */
public final class Play {

  private static final Logger LOG = LoggerFactory.getLogger(Play.class);

  private final Script script;
  private final Server server;
  private final String world;
  private final PlayListener listener;
  private final Gate gate;
  private final List<StepResult> done = new ArrayList<>();
  private @Nullable Target target;
  private @Nullable Step current;
  private @Nullable Verdict verdict;
  private boolean over;

  Play(Script script, Server server, String world, Pace pace, PlayListener listener) {
    this.script = script;
    this.server = server;
    this.world = world;
    this.gate = new Gate(pace);
    this.listener = listener;
  }

  public Script script() {
    return script;
  }

  /** Name of the world it is played in. */
  public String world() {
    return world;
  }

  /** The world with its keys, once it is made. */
  public synchronized Optional<Target> target() {
    return Optional.ofNullable(target);
  }

  public synchronized Progress progress() {
    var state =
        over
            ? (verdict == null ? State.STOPPED : State.FINISHED)
            : gate.isPaused() ? State.PAUSED : State.RUNNING;
    return new Progress(state, current, List.copyOf(done), verdict);
  }

  /** Waits before the next step. */
  public void pause() {
    gate.pause();
  }

  /** Does the step that was told, and waits before the one after it. */
  public void step() {
    gate.step();
  }

  /** Goes on after a pause. */
  public void goOn() {
    gate.goOn();
  }

  /** Faster or slower from the step on that waits now. */
  public void setPace(Pace pace) {
    gate.setPace(pace);
  }

  /** Ends it before its next step. */
  public void stop() {
    gate.stop();
  }

  /** On the play's own thread. */
  void run() {
    try (var player = new Player(script, server, world, new Told())) {
      player.open();
      while (player.hasNext() && !gate.isStopped()) {
        player.next();
      }
      if (!gate.isStopped() || !player.hasNext()) {
        player.finish();
      }
    } catch (StoppedWhileWaiting stopped) {
      LOG.debug("{} was stopped in world {}", script.name(), world);
    } catch (Unexpected | Unanswered noWorld) {
      ended(failed(String.valueOf(noWorld.getMessage())));
    } catch (RuntimeException bug) {
      LOG.error("{} could not be played in world {}", script.name(), world, bug);
      ended(failed("a bug of the player: " + bug));
    } finally {
      synchronized (this) {
        over = true;
        current = null;
      }
    }
  }

  private Verdict failed(String why) {
    var mismatch = new Mismatch("world " + world, "to be made and played in", why);
    return new Verdict(
        script,
        Duration.ZERO,
        world,
        new Failure(script.place(), 0, "world", List.of(mismatch), List.of()));
  }

  private void ended(Verdict how) {
    synchronized (this) {
      verdict = how;
      over = true;
      current = null;
    }
    listener.finished(how);
  }

  /** Keeps what happens, tells the listener, and holds the player back before each step. */
  private final class Told implements PlayListener {

    @Override
    public void opened(Script opened, Target where) {
      synchronized (Play.this) {
        target = where;
      }
      listener.opened(opened, where);
    }

    @Override
    public void stepStarted(Step step, Text explanation) {
      synchronized (Play.this) {
        current = step;
      }
      listener.stepStarted(step, explanation);
      if (!gate.pass()) {
        throw new StoppedWhileWaiting();
      }
    }

    @Override
    public void stepFinished(StepResult result) {
      synchronized (Play.this) {
        done.add(result);
        current = null;
      }
      listener.stepFinished(result);
    }

    @Override
    public void finished(Verdict how) {
      ended(how);
    }
  }

  private static final class StoppedWhileWaiting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedWhileWaiting() {
      super(null, null, false, false);
    }
  }
}
