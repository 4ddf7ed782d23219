package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/** Scenarios run at machine speed, a few at a time; safe for any number of readers. */
public final class ScenarioRun {

  private final String id;
  private final Purpose purpose;
  private final ScenarioRuns.Change change;
  private final List<Part> parts;
  private final long started = System.nanoTime();
  private volatile @Nullable Duration took;

  /** What it is for, which decides about its words and its worlds. */
  public enum Purpose {
    /** Whether files hold; worlds of those that do are taken away again. */
    TEST,
    /** A file beside itself with one thing changed; both worlds stay. */
    COMPARISON,
    /** Whether files notice a defective stand-in; failing is what they should. */
    HUNT
  }

  /**
   * @param change what a comparison compares, what a hunt is after
   */
  ScenarioRun(String id, Purpose purpose, ScenarioRuns.Change change, List<Script> scripts) {
    this.id = id;
    this.purpose = purpose;
    this.change = change;
    this.parts = scripts.stream().map(Part::new).toList();
  }

  public String id() {
    return id;
  }

  public Purpose purpose() {
    return purpose;
  }

  public ScenarioRuns.Change change() {
    return change;
  }

  public List<Part> parts() {
    return parts;
  }

  public List<Part.View> views() {
    return parts.stream().map(Part::view).toList();
  }

  public boolean isOver() {
    return took != null;
  }

  /** So far, while it is not over. */
  public Duration took() {
    var whole = took;
    return whole == null ? Duration.ofNanos(System.nanoTime() - started) : whole;
  }

  void over() {
    took = Duration.ofNanos(System.nanoTime() - started);
  }

  /** One scenario of it. */
  public static final class Part implements PlayListener {

    private final Script script;
    private final List<ScenarioStep> done = new ArrayList<>();
    private boolean begun;
    private @Nullable ScenarioVerdict scenarioVerdict;
    private @Nullable EndState ending;

    Part(Script script) {
      this.script = script;
    }

    /**
     * @param state waiting, running, passed or failed
     * @param step how many have begun
     */
    public record View(
        Script script,
        String state,
        int step,
        @Nullable ScenarioVerdict verdict,
        @Nullable EndState ending) {}

    public Script script() {
      return script;
    }

    synchronized void begin() {
      begun = true;
    }

    @Override
    public synchronized void stepStarted(ScenarioStep scenarioStep, Text explanation) {
      done.add(scenarioStep);
    }

    synchronized void end(ScenarioVerdict how, @Nullable EndState state) {
      scenarioVerdict = how;
      ending = state;
    }

    public synchronized View view() {
      var state =
          scenarioVerdict != null
              ? (scenarioVerdict.passed() ? "passed" : "failed")
              : begun ? "running" : "waiting";
      return new View(script, state, done.size(), scenarioVerdict, ending);
    }
  }
}
