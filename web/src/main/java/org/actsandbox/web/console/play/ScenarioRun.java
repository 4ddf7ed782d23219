package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.comparison.StepMark;
import org.jspecify.annotations.Nullable;

/**
 * Is a set of scenarios that run at machine speed, with their results so far. Any number of threads
 * can read it.
 */
public final class ScenarioRun {

  private final String id;
  private final Purpose purpose;
  private final ScenarioRuns.Change change;
  private final List<Part> parts;
  private final long started = System.nanoTime();
  private volatile @Nullable Duration took;

  /** Says what the run is for, which decides about its texts and its worlds. */
  public enum Purpose {
    /** Tests whether scenarios pass. The worlds of passed scenarios are deleted. */
    TEST,
    /** Compares a scenario with the same scenario after one change. Both worlds stay. */
    COMPARISON,
    /** Tests whether scenarios notice a mutant. They are expected to fail. */
    HUNT
  }

  /**
   * @param change the change that a comparison shows, or the defect that a hunt looks for
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

  /** Returns how long the run took; while it is not over, how long it has taken so far. */
  public Duration took() {
    var whole = took;
    return whole == null ? Duration.ofNanos(System.nanoTime() - started) : whole;
  }

  void finish() {
    took = Duration.ofNanos(System.nanoTime() - started);
  }

  /** Is one scenario of a run. */
  public static final class Part implements PlayListener {

    private final Script script;
    private final List<ScenarioStep> done = new ArrayList<>();
    private final List<StepMark> stepMarks = new ArrayList<>();
    private boolean begun;
    private @Nullable ScenarioVerdict scenarioVerdict;
    private @Nullable EndState ending;

    Part(Script script) {
      this.script = script;
    }

    /**
     * Shows the progress of one scenario of a run.
     *
     * @param state waiting, running, passed or failed
     * @param step number of steps that have begun
     * @param marks how far the run was after each step; empty unless runs are compared
     */
    public record View(
        Script script,
        String state,
        int step,
        @Nullable ScenarioVerdict verdict,
        @Nullable EndState ending,
        List<StepMark> marks) {}

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

    synchronized void mark(StepMark stepMark) {
      stepMarks.add(stepMark);
    }

    synchronized void end(ScenarioVerdict verdict, @Nullable EndState state) {
      scenarioVerdict = verdict;
      ending = state;
    }

    public synchronized View view() {
      var state =
          scenarioVerdict != null
              ? (scenarioVerdict.passed() ? "passed" : "failed")
              : begun ? "running" : "waiting";
      return new View(script, state, done.size(), scenarioVerdict, ending, List.copyOf(stepMarks));
    }
  }
}
