package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.expect.JournalLines;
import org.actsandbox.scenarios.engine.expect.LeakExpectations;
import org.actsandbox.scenarios.engine.expect.StateExpectations;
import org.actsandbox.scenarios.engine.step.VerbActions;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.explain.StepExplanations;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.SourceLocation;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays one scenario and judges the result: all at once with {@link #play}, or step by step with
 * {@link #open}, {@link #next} while {@link #hasNext}, and {@link #finish}. It may be used by one
 * thread at a time.
 */
public final class ScenarioPlayer implements AutoCloseable {

  private final Script script;
  private final TargetServer targetServer;
  private final String world;
  private final PlayListener listener;
  private final boolean isKeySecretPublic;
  private final long started = System.nanoTime();
  private @Nullable ScenarioContext scenarioContext;
  private final List<Mismatch> unanswered = new ArrayList<>();
  private @Nullable ScenarioFailure scenarioFailure;
  private int played;

  /**
   * Creates a player; nothing is sent before {@link #open}.
   *
   * @param world the name of the world to make; {@link #open} fails if the name is taken
   */
  public ScenarioPlayer(
      Script script, TargetServer targetServer, String world, PlayListener listener) {
    this(script, targetServer, world, listener, true);
  }

  private ScenarioPlayer(
      Script script,
      TargetServer targetServer,
      String world,
      PlayListener listener,
      boolean isKeySecretPublic) {
    this.isKeySecretPublic = isKeySecretPublic;
    this.script = script;
    this.targetServer = targetServer;
    this.world = world;
    this.listener = listener;
  }

  /**
   * Creates a player for a world with keys that do not follow from the script: an agent that is
   * under test in it may know the script.
   */
  public static ScenarioPlayer withSecretKeys(
      Script script, TargetServer targetServer, String world) {
    return new ScenarioPlayer(script, targetServer, world, PlayListener.NONE, false);
  }

  /** Makes the world and applies the faults and changes that the file lists for it. */
  public TargetWorld open() {
    var targetWorld = WorldSetup.make(targetServer, script, world, isKeySecretPublic);
    var opened = new ScenarioContext(targetWorld, targetServer.outbound());
    scenarioContext = opened;
    listener.opened(script, targetWorld);
    guarded(
        0,
        "world",
        script.place(),
        () -> {
          WorldSetup.apply(opened, script);
          return List.of();
        });
    return targetWorld;
  }

  public boolean hasNext() {
    return scenarioFailure == null && played < script.steps().size();
  }

  /** Plays the next step and compares its result with what the file expects. */
  public StepResult next() {
    var scenarioStep = script.steps().get(played++);
    listener.stepStarted(scenarioStep, StepExplanations.of(scenarioStep));
    var outcome =
        new Object() {
          JsonNode result = Json.object();
        };
    context().setPrincipal(scenarioStep.who());
    var mismatches =
        guarded(
            scenarioStep.number(),
            scenarioStep.verb().code(),
            scenarioStep.place(),
            () -> {
              List<Mismatch> found = List.of();
              for (int time = 0; time < scenarioStep.times() && found.isEmpty(); time++) {
                outcome.result =
                    scenarioStep.verb() == Verb.CHECK ? Json.object() : playOnce(scenarioStep);
                found = judge(scenarioStep, outcome.result);
              }
              return found;
            });
    context().setPrincipal(null);
    var result = new StepResult(scenarioStep, outcome.result, mismatches);
    listener.stepFinished(result);
    return result;
  }

  /** Checks the final expectations, if no step failed, and returns the verdict. */
  public ScenarioVerdict finish() {
    var context = context();
    if (scenarioFailure == null) {
      for (var key : script.expect().propertyNames()) {
        var part = Json.object().set(key, script.expect().path(key));
        guarded(
            0,
            "expect/" + key,
            script.expectPlaces().getOrDefault(key, script.place()),
            () -> StateExpectations.judge(context, (ObjectNode) context.variables().fill(part)));
      }
      if (!script.expect().has(LeakExpectations.KEY)) {
        guarded(
            0,
            "expect/" + LeakExpectations.KEY,
            script.place(),
            () -> StateExpectations.judge(context, LeakExpectations.none()));
      }
    }
    var scenarioVerdict =
        new ScenarioVerdict(
            script,
            Duration.ofNanos(System.nanoTime() - started),
            context.target().world(),
            scenarioFailure);
    listener.finished(scenarioVerdict);
    return scenarioVerdict;
  }

  /** Plays the whole scenario, from the world to the verdict. */
  public ScenarioVerdict play() {
    open();
    while (hasNext()) {
      next();
    }
    return finish();
  }

  /** Returns the world in which the scenario is played; empty before {@link #open}. */
  public Optional<TargetWorld> target() {
    return Optional.ofNullable(scenarioContext).map(ScenarioContext::target);
  }

  /** Returns every journal entry as one text, without what the machine's clock measured. */
  List<String> comparableJournal() {
    return JournalLines.all(context()).stream().map(JournalLines::comparable).toList();
  }

  /** Deletes the world if it was made. */
  public void deleteWorld() {
    target().ifPresent(targetWorld -> WorldSetup.delete(targetServer, targetWorld));
  }

  @Override
  public void close() {
    if (scenarioContext != null) {
      scenarioContext.close();
    }
  }

  private ObjectNode playOnce(ScenarioStep scenarioStep) {
    var context = context();
    var result =
        VerbActions.of(scenarioStep.verb())
            .action()
            .play(context, context.variables().fill(scenarioStep.arguments()));
    if (scenarioStep.settle() && script.isClockStopped()) {
      context.runDueNow();
    }
    return result;
  }

  private List<Mismatch> judge(ScenarioStep scenarioStep, JsonNode result) {
    var context = context();
    if (scenarioStep.verb() == Verb.CHECK) {
      return StateExpectations.judge(
          context, (ObjectNode) context.variables().fill(scenarioStep.arguments()));
    }
    context.publish(result);
    scenarioStep
        .capture()
        .forEach(
            (name, pointer) -> {
              var value = result.at(pointer);
              if (value.isMissingNode()) {
                throw new UnplayableStep(
                    "nothing to capture at %s; there is %s"
                        .formatted(pointer, ExpectationMatcher.describe(result)));
              }
              context.variables().put(name, value);
            });
    return scenarioStep.expect().isMissingNode()
        ? VerbActions.of(scenarioStep.verb()).judge().apply(result)
        : ExpectationMatcher.compare("", context.variables().fill(scenarioStep.expect()), result);
  }

  /**
   * Runs a part of the scenario and records mismatches and expected exceptions as its failure, with
   * the last journal entries.
   */
  private List<Mismatch> guarded(
      int step,
      String doing,
      SourceLocation sourceLocation,
      java.util.function.Supplier<List<Mismatch>> work) {
    List<Mismatch> found;
    try {
      found = work.get();
    } catch (UnplayableStep | UnexpectedReply stopped) {
      found = List.of(notPlayed(doing, stopped));
    } catch (NoAnswerException silent) {
      found = List.of(notPlayed(doing, silent));
      unanswered.addAll(found);
    }
    if (!found.isEmpty()) {
      scenarioFailure =
          scenarioFailure == null
              ? new ScenarioFailure(
                  sourceLocation, step, doing, found, JournalLines.last(context()))
              : scenarioFailure.and(found);
    }
    return found;
  }

  private static Mismatch notPlayed(String doing, RuntimeException stopped) {
    return new Mismatch(doing, "to be played", String.valueOf(stopped.getMessage()));
  }

  /**
   * Returns those mismatches of the failure that say only that a participant gave no answer, so
   * that nothing was observed.
   */
  public List<Mismatch> unanswered() {
    return List.copyOf(unanswered);
  }

  /**
   * Returns what the steps share.
   *
   * @throws IllegalStateException before {@link #open}
   */
  public ScenarioContext context() {
    if (scenarioContext == null) {
      throw new IllegalStateException("the scenario is not open yet");
    }
    return scenarioContext;
  }
}
