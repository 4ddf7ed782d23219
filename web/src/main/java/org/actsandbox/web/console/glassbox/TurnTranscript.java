package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the principal said in a turn and everything that the agent did about it. */
final class TurnTranscript {

  /** Fields of a wish that one answer settles, and the kind of that answer. */
  private static final Map<String, Set<String>> ANSWERABLE =
      Map.of("day", Set.of("date", "check_in"), "product", Set.of("product"));

  private final int number;
  private @Nullable String request;
  private final Map<String, StepLine> steps = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private final StringBuilder streaming = new StringBuilder();
  private @Nullable Plan plan;
  private String asksFor = "";
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
   * Is what the agent acts on in this turn, so that the principal can correct it.
   *
   * @param unsupported wishes that no merchant here can fulfil
   * @param unread words that the agent did not understand
   * @param assumed what the agent takes for granted, as sentences
   */
  record Plan(
      List<PlannedWish> wishes,
      List<String> unsupported,
      List<String> unread,
      List<String> assumed) {}

  /**
   * Is one wish of the plan.
   *
   * @param kind train, hotel or shop
   */
  record PlannedWish(String kind, List<PlannedDetail> details) {}

  /**
   * Is one detail of a wish.
   *
   * @param change a sentence that sets the detail anew, with the present value in brackets; empty
   *     for none
   * @param drop a sentence that drops the detail; empty for a detail that cannot be dropped
   */
  record PlannedDetail(String text, String change, String drop) {}

  /**
   * Shows the turn.
   *
   * @param request the principal's text; null for a turn that the agent began
   * @param plan what the agent searches for; null while it has not searched
   * @param asksFor the kind of the only answer that the agent asks for, {@code day} or {@code
   *     product}; empty when it asks for another thing or for several
   * @param streaming text that the agent is still writing
   * @param outcome the outcome of the event {@code turn_done}; empty while the turn runs
   */
  record View(
      int number,
      @Nullable String request,
      @Nullable Plan plan,
      List<StepLine> steps,
      List<String> answers,
      String asksFor,
      String streaming,
      String outcome) {

    public boolean running() {
      return outcome.isEmpty();
    }
  }

  boolean isUsed() {
    return request != null || !steps.isEmpty() || !answers.isEmpty();
  }

  boolean isBegunByAgent() {
    return request == null;
  }

  boolean hasStep(String key) {
    return steps.containsKey(key);
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

  /** Replaces the plan: an agent that searches again acts on what it searched for last. */
  void plan(Plan latest) {
    plan = latest;
  }

  void say(String text) {
    streaming.setLength(0);
    if (!answers.contains(text)) {
      answers.add(text);
    }
  }

  /**
   * Asks the principal.
   *
   * @param missing fields of the wish that the question is about
   */
  void ask(String question, List<String> missing) {
    say(question);
    asksFor =
        ANSWERABLE.entrySet().stream()
            .filter(kind -> !missing.isEmpty() && kind.getValue().containsAll(missing))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
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
        plan,
        List.copyOf(steps.values()),
        List.copyOf(answers),
        asksFor,
        streaming.toString(),
        outcome);
  }
}
