package org.actsandbox.web.console.grades;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.jspecify.annotations.Nullable;

/**
 * Is one mission that two agents play for an audience, one after the other, with what has come of
 * it so far. Any number of threads can read it.
 */
public final class StagedRun {

  /** Says how far the run is. */
  public enum State {
    PLAYING,
    /** It was told to stop, and the agent that plays has not ended yet. */
    STOPPING,
    PLAYED,
    STOPPED,
    /** An agent could not play to an end that can be shown. */
    FAILED
  }

  /** Is one of both agents: its name in the gallery and what it does. */
  public record Part(String agent, String state) {}

  /**
   * Shows the run at one moment.
   *
   * @param pair path of the page with both beside each other, below the pages of a world; empty
   *     unless both have played
   * @param reason why an agent could not play, as a grade says it; empty unless the run failed
   */
  public record View(
      String id, State state, List<Part> parts, String pair, String reason, Duration took) {

    public boolean isOver() {
      return state != State.PLAYING && state != State.STOPPING;
    }

    public long done() {
      return parts.stream().filter(part -> part.state().equals("done")).count();
    }
  }

  private final String id;
  private final List<String> agents;
  private final String[] states;
  private final long started = System.nanoTime();
  private State state = State.PLAYING;
  private String pair = "";
  private String reason = "";
  private @Nullable GradeRun playing;
  private @Nullable Duration took;

  StagedRun(String id, List<String> agents) {
    this.id = id;
    this.agents = List.copyOf(agents);
    this.states = new String[agents.size()];
    Arrays.fill(states, "waiting");
  }

  String id() {
    return id;
  }

  /**
   * Begins the part of an agent.
   *
   * @return false if the run is to stop
   */
  synchronized boolean begin(int part, GradeRun gradeRun) {
    if (state != State.PLAYING) {
      return false;
    }
    states[part] = "running";
    playing = gradeRun;
    return true;
  }

  /**
   * Ends the part of an agent.
   *
   * @return false if the run is to stop
   */
  synchronized boolean end(int part) {
    playing = null;
    states[part] = state == State.PLAYING ? "done" : "stopped";
    return state == State.PLAYING;
  }

  synchronized void stop() {
    if (state == State.PLAYING) {
      state = State.STOPPING;
      if (playing != null) {
        playing.stop();
      }
    }
  }

  synchronized void played(String path) {
    pair = path;
    finish(state == State.STOPPING ? State.STOPPED : State.PLAYED);
  }

  synchronized void failed(int part, String why) {
    states[part] = "failed";
    reason = why;
    finish(State.FAILED);
  }

  synchronized void stopped() {
    finish(State.STOPPED);
  }

  private void finish(State end) {
    state = end;
    took = Duration.ofNanos(System.nanoTime() - started);
  }

  synchronized boolean isOver() {
    return took != null;
  }

  synchronized View view() {
    var parts =
        IntStream.range(0, states.length)
            .mapToObj(at -> new Part(agents.get(at), states[at]))
            .toList();
    var whole = took;
    return new View(
        id,
        state,
        parts,
        state == State.PLAYED ? pair : "",
        reason,
        whole == null ? Duration.ofNanos(System.nanoTime() - started) : whole);
  }
}
