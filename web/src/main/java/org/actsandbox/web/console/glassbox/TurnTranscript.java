package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what the principal said in a turn and everything that the agent did about it. */
final class TurnTranscript {

  private final int number;
  private @Nullable String request;
  private final Map<String, StepLine> steps = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private final StringBuilder streaming = new StringBuilder();
  private String outcome = "";

  TurnTranscript(int number) {
    this.number = number;
  }

  /**
   * Is one step of the agent's work.
   *
   * @param state running, done, failed or skipped
   */
  record StepLine(String key, String state, String text) {}

  /**
   * Shows the turn.
   *
   * @param request the principal's text; null for a turn that the agent began
   * @param streaming text that the agent is still writing
   * @param outcome the outcome of the event {@code turn_done}; empty while the turn runs
   */
  record View(
      int number,
      @Nullable String request,
      List<StepLine> steps,
      List<String> answers,
      String streaming,
      String outcome) {

    public boolean running() {
      return outcome.isEmpty();
    }
  }

  boolean isUsed() {
    return request != null || !steps.isEmpty() || !answers.isEmpty();
  }

  boolean isDone() {
    return !outcome.isEmpty();
  }

  void addPrincipalText(String text) {
    request = text;
  }

  void step(StepLine step) {
    steps.put(step.key(), step);
  }

  void say(String text) {
    streaming.setLength(0);
    if (!answers.contains(text)) {
      answers.add(text);
    }
  }

  void token(String text) {
    streaming.append(text);
  }

  void finish(String result) {
    outcome = result;
    if (!streaming.isEmpty()) {
      say(streaming.toString());
    }
  }

  View view() {
    return new View(
        number,
        request,
        List.copyOf(steps.values()),
        List.copyOf(answers),
        streaming.toString(),
        outcome);
  }
}
