package org.actsandbox.web.console.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.play.ScenarioRun.Purpose;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs scenarios at machine speed in worlds of their own and keeps the results of the last runs.
 */
@Component
public class ScenarioRuns implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScenarioRuns.class);

  /**
   * Ours: the number of scenarios that run at a time; pages stay fast on a machine of two cores.
   */
  private static final int AT_A_TIME = 2;

  private static final int MOST_UNFINISHED = 8;
  private static final int KEPT = 30;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("run-", 0).factory());
  private final Deque<ScenarioRun> scenarioRuns = new ArrayDeque<>();
  private final OwnTargetServer server;
  private final LatestVerdicts latestVerdicts;
  private final Worlds worlds;
  private final EndStateReader endStateReader;

  ScenarioRuns(
      OwnTargetServer server,
      LatestVerdicts latestVerdicts,
      Worlds worlds,
      EndStateReader endStateReader) {
    this.server = server;
    this.latestVerdicts = latestVerdicts;
    this.worlds = worlds;
    this.endStateReader = endStateReader;
  }

  /**
   * Describes how a run differs from the scenario's file: a label with the old and the new value. A
   * hunt has only the label, which says what the mutant does wrong.
   *
   * @param prepared code of a comparison that the sandbox has ready; empty for one of the reader
   */
  public record Change(Text label, String from, String to, String prepared) {

    static final Change NONE = new Change(Text.untranslated(""), "", "");

    public Change(Text label, String from, String to) {
      this(label, from, to, "");
    }
  }

  /**
   * Runs scenarios without changes.
   *
   * @throws Refusal {@code rate_limited} when too many runs are not over
   */
  public ScenarioRun start(List<Script> scripts) {
    return enqueue(new ScenarioRun(PlayWorldNames.unique(), Purpose.TEST, Change.NONE, scripts));
  }

  /** Runs a scenario and the same scenario with one change. */
  public ScenarioRun compare(List<Script> both, Change change) {
    return enqueue(new ScenarioRun(PlayWorldNames.unique(), Purpose.COMPARISON, change, both));
  }

  /** Runs scenarios in worlds with a mutant. */
  public ScenarioRun runAgainstMutant(List<Script> scripts, Text wrong) {
    return enqueue(
        new ScenarioRun(PlayWorldNames.unique(), Purpose.HUNT, new Change(wrong, "", ""), scripts));
  }

  public synchronized Optional<ScenarioRun> find(String id) {
    return scenarioRuns.stream().filter(scenarioRun -> scenarioRun.id().equals(id)).findFirst();
  }

  private synchronized ScenarioRun enqueue(ScenarioRun scenarioRun) {
    if (scenarioRuns.stream().filter(other -> !other.isOver()).count() >= MOST_UNFINISHED) {
      throw new Refusal(Problem.RATE_LIMITED, "%d runs are not over yet".formatted(MOST_UNFINISHED))
          .expected("at most %d at a time".formatted(MOST_UNFINISHED))
          .remedy("Wait until one of them is over.");
    }
    if (scenarioRuns.size() >= KEPT) {
      scenarioRuns.stream().filter(ScenarioRun::isOver).findFirst().ifPresent(scenarioRuns::remove);
    }
    scenarioRuns.addLast(scenarioRun);
    var left = new AtomicInteger(scenarioRun.parts().size());
    for (var part : scenarioRun.parts()) {
      threads.execute(
          () -> {
            play(scenarioRun, part);
            if (left.decrementAndGet() == 0) {
              scenarioRun.finish();
            }
          });
    }
    return scenarioRun;
  }

  /** Returns the end state of a world of this node; null if there is none, or on another node. */
  private @Nullable EndState endState(String world) {
    try {
      return worlds.find(world).map(endStateReader::read).orElse(null);
    } catch (Refusal elsewhere) {
      LOG.debug("the end state of world {} is not shown", world, elsewhere);
      return null;
    }
  }

  private void play(ScenarioRun scenarioRun, ScenarioRun.Part part) {
    part.begin();
    var world =
        PlayWorldNames.of(scenarioRun.purpose() == Purpose.TEST ? "run" : "try", part.script());
    var listener =
        scenarioRun.purpose() == Purpose.COMPARISON
            ? new StepMarkRecorder(part, world, worlds, endStateReader)
            : part;
    try (var scenarioPlayer = new ScenarioPlayer(part.script(), server.server(), world, listener)) {
      var scenarioVerdict = scenarioPlayer.play();
      if (scenarioRun.purpose() == Purpose.TEST) {
        latestVerdicts.add(scenarioVerdict);
      }
      part.end(scenarioVerdict, endState(world));
      if (scenarioVerdict.passed() && scenarioRun.purpose() == Purpose.TEST) {
        scenarioPlayer.deleteWorld();
      }
    } catch (UnexpectedReply | NoAnswerException noWorld) {
      part.end(
          ScenarioVerdict.notPlayed(part.script(), world, String.valueOf(noWorld.getMessage())),
          null);
    } catch (RuntimeException bug) {
      LOG.error("{} could not be run in world {}", part.script().name(), world, bug);
      part.end(ScenarioVerdict.notPlayed(part.script(), world, "a bug: " + bug), null);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
