package org.actsandbox.scenarios.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioFailure;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.play.PlayProgress.State;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one scenario in a world, on a thread of its own, while people watch, pause and step it.
 * Every step is announced first and played after the delay of the pace, or when a paused play is
 * stepped or resumed. The world is kept when the play is over.
 *
 * <p>It is safe for use by many threads. The listener is called on the play's thread. After {@link
 * #stop} the step under way is finished first.
 */
public final class ScenarioPlay {

  private static final Logger LOG = LoggerFactory.getLogger(ScenarioPlay.class);

  private final Script script;
  private final TargetServer targetServer;
  private final String world;
  private final PlayListener listener;
  private final StepGate stepGate;
  private final List<StepResult> done = new ArrayList<>();
  private @Nullable TargetWorld targetWorld;
  private @Nullable ScenarioStep current;
  private @Nullable ScenarioVerdict scenarioVerdict;
  private boolean over;

  ScenarioPlay(
      Script script,
      TargetServer targetServer,
      String world,
      PlayPace playPace,
      PlayListener listener) {
    this.script = script;
    this.targetServer = targetServer;
    this.world = world;
    this.stepGate = new StepGate(playPace);
    this.listener = listener;
  }

  public Script script() {
    return script;
  }

  /** Returns the name of the world in which the scenario is played. */
  public String world() {
    return world;
  }

  /** Returns the world with its keys; empty before it is made. */
  public synchronized Optional<TargetWorld> target() {
    return Optional.ofNullable(targetWorld);
  }

  public synchronized PlayProgress progress() {
    var state =
        over
            ? (scenarioVerdict == null ? State.STOPPED : State.FINISHED)
            : stepGate.isPaused() ? State.PAUSED : State.RUNNING;
    return new PlayProgress(state, current, List.copyOf(done), scenarioVerdict);
  }

  /** Pauses the play before its next step. */
  public void pause() {
    stepGate.pause();
  }

  /** Plays the announced step and pauses before the following one. */
  public void step() {
    stepGate.step();
  }

  /** Continues after a pause. */
  public void resume() {
    stepGate.resume();
  }

  /** Changes the pace, beginning with the step that waits now. */
  public void setPace(PlayPace playPace) {
    stepGate.setPace(playPace);
  }

  /** Stops the play before its next step. */
  public void stop() {
    stepGate.stop();
  }

  /** Plays the scenario; runs on the play's own thread. */
  void run() {
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, world, new ProgressListener())) {
      scenarioPlayer.open();
      while (scenarioPlayer.hasNext() && !stepGate.isStopped()) {
        scenarioPlayer.next();
      }
      if (!stepGate.isStopped() || !scenarioPlayer.hasNext()) {
        scenarioPlayer.finish();
      }
    } catch (StoppedWhileWaiting stopped) {
      LOG.debug("{} was stopped in world {}", script.name(), world);
    } catch (UnexpectedReply | NoAnswerException noWorld) {
      end(failed(String.valueOf(noWorld.getMessage())));
    } catch (RuntimeException bug) {
      LOG.error("{} could not be played in world {}", script.name(), world, bug);
      end(failed("a bug of the player: " + bug));
    } finally {
      synchronized (this) {
        over = true;
        current = null;
      }
    }
  }

  private ScenarioVerdict failed(String why) {
    var mismatch = new Mismatch("world " + world, "to be made and played in", why);
    return new ScenarioVerdict(
        script,
        Duration.ZERO,
        world,
        new ScenarioFailure(script.place(), 0, "world", List.of(mismatch), List.of()));
  }

  private void end(ScenarioVerdict verdict) {
    synchronized (this) {
      scenarioVerdict = verdict;
      over = true;
      current = null;
    }
    listener.finished(verdict);
  }

  /** Records the progress, calls the outer listener, and holds the player before each step. */
  private final class ProgressListener implements PlayListener {

    @Override
    public void opened(Script openedScript, TargetWorld openedWorld) {
      synchronized (ScenarioPlay.this) {
        targetWorld = openedWorld;
      }
      listener.opened(openedScript, openedWorld);
    }

    @Override
    public void stepStarted(ScenarioStep scenarioStep, Text explanation) {
      synchronized (ScenarioPlay.this) {
        current = scenarioStep;
      }
      listener.stepStarted(scenarioStep, explanation);
      if (!stepGate.awaitNextStep()) {
        throw new StoppedWhileWaiting();
      }
    }

    @Override
    public void stepFinished(StepResult result) {
      synchronized (ScenarioPlay.this) {
        done.add(result);
        current = null;
      }
      listener.stepFinished(result);
    }

    @Override
    public void finished(ScenarioVerdict verdict) {
      end(verdict);
    }
  }

  private static final class StoppedWhileWaiting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedWhileWaiting() {
      super(null, null, false, false);
    }
  }
}
