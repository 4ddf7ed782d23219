package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.scenarios.explain.Explanations;
import org.actsandbox.scenarios.script.Place;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Step;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays one scenario, all at once with {@link #play} or step by step: {@link #open}, {@link #next}
 * while {@link #hasNext}, {@link #finish}. One thread at a time.
 */
public final class Player implements AutoCloseable {

  private final Script script;
  private final Server server;
  private final String world;
  private final PlayListener listener;
  private final long started = System.nanoTime();
  private @Nullable Stage stage;
  private @Nullable Failure failure;
  private int played;

  /**
   * @param world name of the world to make; taken names are refused when it opens
   */
  public Player(Script script, Server server, String world, PlayListener listener) {
    this.script = script;
    this.server = server;
    this.world = world;
    this.listener = listener;
  }

  public Script script() {
    return script;
  }

  /** Makes the world and what the file puts into it. */
  public Target open() {
    var target = WorldSetup.make(server, script, world);
    return openIn(target);
  }

  /** Plays in a world that is there already, after what the file puts into it. */
  public Target openIn(Target target) {
    var opened = new Stage(target, server.outbound());
    stage = opened;
    listener.opened(script, target);
    guarded(
        0,
        "world",
        script.place(),
        () -> {
          WorldSetup.dress(opened, script);
          return List.of();
        });
    return target;
  }

  public boolean hasNext() {
    return failure == null && played < script.steps().size();
  }

  /** Plays the next step and compares what came out with what its file expects. */
  public StepResult next() {
    var step = script.steps().get(played++);
    listener.stepStarted(step, Explanations.of(step));
    var outcome =
        new Object() {
          JsonNode result = Json.object();
        };
    stage().actFor(step.who());
    var mismatches =
        guarded(
            step.number(),
            step.verb().code(),
            step.place(),
            () -> {
              List<Mismatch> found = List.of();
              for (int time = 0; time < step.times() && found.isEmpty(); time++) {
                outcome.result = step.verb() == Verb.CHECK ? Json.object() : act(step);
                found = judge(step, outcome.result);
              }
              return found;
            });
    stage().actFor(null);
    var result = new StepResult(step, outcome.result, mismatches);
    listener.stepFinished(result);
    return result;
  }

  /** Judges the end, if it was reached, and says how the scenario went. */
  public Verdict finish() {
    var scene = stage();
    if (failure == null) {
      for (var key : script.expect().propertyNames()) {
        var part = Json.object().set(key, script.expect().path(key));
        guarded(
            0,
            "expect/" + key,
            script.expectPlaces().getOrDefault(key, script.place()),
            () -> Endings.judge(scene, (ObjectNode) scene.scope().fill(part)));
      }
      if (!script.expect().has(Leaks.KEY)) {
        guarded(0, "expect/" + Leaks.KEY, script.place(), () -> Endings.judge(scene, Leaks.none()));
      }
    }
    var verdict =
        new Verdict(
            script, Duration.ofNanos(System.nanoTime() - started), scene.target().world(), failure);
    listener.finished(verdict);
    return verdict;
  }

  /** Everything, from the world to the verdict. */
  public Verdict play() {
    open();
    while (hasNext()) {
      next();
    }
    return finish();
  }

  /** The world it is played in, once open. */
  public Optional<Target> target() {
    return Optional.ofNullable(stage).map(Stage::target);
  }

  /** Every entry as one text, without what the machine's clock measured. */
  List<String> comparableJournal() {
    return JournalLines.all(stage()).stream().map(JournalLines::comparable).toList();
  }

  /** Takes the world away again. */
  public void deleteWorld() {
    target().ifPresent(target -> WorldSetup.delete(server, target));
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
  }

  private ObjectNode act(Step step) {
    var scene = stage();
    var result = Actions.of(step.verb()).play(scene, scene.scope().fill(step.arguments()));
    if (step.settle() && script.isClockStopped()) {
      scene.settle();
    }
    return result;
  }

  private List<Mismatch> judge(Step step, JsonNode result) {
    var scene = stage();
    if (step.verb() == Verb.CHECK) {
      return Endings.judge(scene, (ObjectNode) scene.scope().fill(step.arguments()));
    }
    scene.publish(result);
    step.capture()
        .forEach(
            (name, pointer) -> {
              var value = result.at(pointer);
              if (value.isMissingNode()) {
                throw new CannotPlay(
                    "nothing to capture at %s; there is %s"
                        .formatted(pointer, Matching.shown(result)));
              }
              scene.scope().put(name, value);
            });
    return step.expect().isMissingNode()
        ? Usual.judge(step.verb(), result)
        : Matching.compare("", scene.scope().fill(step.expect()), result);
  }

  /** Whatever goes wrong on the way is the scenario's failure, with the journal around it. */
  private List<Mismatch> guarded(
      int step, String doing, Place place, java.util.function.Supplier<List<Mismatch>> work) {
    List<Mismatch> found;
    try {
      found = work.get();
    } catch (CannotPlay | Unexpected | Unanswered stopped) {
      found = List.of(new Mismatch(doing, "to be played", String.valueOf(stopped.getMessage())));
    }
    if (!found.isEmpty()) {
      failure =
          failure == null
              ? new Failure(place, step, doing, found, JournalLines.last(stage()))
              : failure.and(found);
    }
    return found;
  }

  private Stage stage() {
    if (stage == null) {
      throw new IllegalStateException("the scenario is not open yet");
    }
    return stage;
  }
}
