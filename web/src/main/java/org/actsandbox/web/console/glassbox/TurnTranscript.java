package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the principal said and everything the agent did about it. */
final class TurnTranscript {

  private final int number;
  private @Nullable String mine;
  private final Map<String, StepLine> steps = new LinkedHashMap<>();
  private final List<String> said = new ArrayList<>();
  private final StringBuilder streaming = new StringBuilder();
  private String outcome = "";

  TurnTranscript(int number) {
    this.number = number;
  }

  /**
   * @param state running, done, failed or skipped
   */
  record StepLine(String key, String state, String text) {}

  /**
   * @param outcome as in {@code turn_done}; empty while it runs
   */
  record View(
      int number,
      @Nullable String mine,
      List<StepLine> steps,
      List<String> said,
      String streaming,
      String outcome) {

    public boolean running() {
      return outcome.isEmpty();
    }
  }

  boolean isUsed() {
    return mine != null || !steps.isEmpty() || !said.isEmpty();
  }

  boolean isDone() {
    return !outcome.isEmpty();
  }

  void addPrincipalText(String text) {
    mine = text;
  }

  void step(StepLine step) {
    steps.put(step.key(), step);
  }

  void say(String text) {
    streaming.setLength(0);
    if (!said.contains(text)) {
      said.add(text);
    }
  }

  void token(String text) {
    streaming.append(text);
  }

  void finish(String how) {
    outcome = how;
    if (!streaming.isEmpty()) {
      say(streaming.toString());
    }
  }

  View view() {
    return new View(
        number,
        mine,
        List.copyOf(steps.values()),
        List.copyOf(said),
        streaming.toString(),
        outcome);
  }
}
