package org.actsandbox.scenarios.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the steps of a recorded file, and the time that the clock of the played world shows
 * after them.
 */
final class ScriptDraft {

  /**
   * Ours: how far the played clock may lag behind the recorded one. Holds, bills and offers last
   * minutes, and a step for every pause between two clicks would only distract readers.
   */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** Matches the ids that the sandbox generates; ids of messages are chosen by their senders. */
  private static final Pattern ID = Pattern.compile("\\b(?:[A-Z]{1,3}-|pi_)[0-9A-Z]{15}\\b");

  private final List<ObjectNode> steps = new ArrayList<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final Set<String> leftOutIds = new HashSet<>();

  /**
   * References by id, for ids that are different when the file is played and that later requests
   * need.
   */
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Times at which a validity begins or ends: a step must stay on its side of them. */
  private final Set<Instant> timeLimits = new HashSet<>();

  private Instant now;
  private boolean stopped;

  /** The time of the last event that happened by itself; the played clock must still reach it. */
  private Instant lastUnattended;

  /** The principal of the following steps; empty for the first principal. */
  private String who = "";

  private int captured;

  /** The last step, until the clock gets an order. */
  private @Nullable ObjectNode unsettled;

  ScriptDraft(Instant start, boolean stopped) {
    this.now = start;
    this.lastUnattended = start;
    this.stopped = stopped;
  }

  /**
   * Sets the principal of the following steps.
   *
   * @return the previous principal
   */
  String actFor(String principal) {
    var before = who;
    who = principal;
    return before;
  }

  /** Returns a name for a captured value that no other value has. */
  String freshName(String what) {
    return what + "_" + ++captured;
  }

  /** Adds a step that happened at this time, after an advance of the clock if it is needed. */
  ObjectNode step(Instant at, String verb, JsonNode arguments) {
    if (isLater(at)) {
      advance(at);
    }
    return stepNow(verb, arguments);
  }

  /** Adds a step right after everything that happened by itself. */
  ObjectNode stepNow(String verb, JsonNode arguments) {
    advance(lastUnattended);
    return withPrincipal(add(verb, arguments));
  }

  /** Tells whether the played clock must be advanced before a step of this time. */
  boolean isLater(Instant at) {
    return Duration.between(now, at).compareTo(SLACK) >= 0
        || timeLimits.stream().anyMatch(limit -> limit.isAfter(now) && !limit.isAfter(at));
  }

  /** Adds a future time at which a validity begins or ends. */
  void addTimeLimit(Instant at) {
    timeLimits.add(at);
  }

  /** Remembers the time of an event that happened by itself. */
  void noteUnattended(Instant at) {
    if (at.isAfter(lastUnattended)) {
      lastUnattended = at;
    }
  }

  /** Tells whether this very object, and not an equal one, is the last step. */
  @SuppressWarnings("ReferenceEquality")
  boolean isLast(ObjectNode step) {
    return !steps.isEmpty() && steps.getLast() == step;
  }

  /**
   * Inserts a step before one that was already written, because its cause was already present then.
   */
  void insertBefore(ObjectNode step, String verb, JsonNode arguments) {
    var earlier = Json.object();
    earlier.set(verb, arguments);
    steps.add(steps.lastIndexOf(step), earlier);
  }

  /** Adds a step during which time passes by itself up to {@code end}. */
  ObjectNode stepUntil(Instant end, String verb, JsonNode arguments) {
    var step = withPrincipal(add(verb, arguments));
    if (end.isAfter(now)) {
      now = end;
    }
    return step;
  }

  /**
   * Moves the played clock to the time of the recorded one; consecutive advances become one step.
   */
  void advance(Instant to) {
    if (to.isAfter(now)) {
      if (!steps.isEmpty() && steps.getLast().path("advance") instanceof ObjectNode before) {
        // Work falls due in the same order, whether the clock moves in one step or in many.
        before.put("to", to.toString());
      } else {
        add("advance", Json.object().put("to", to.toString()));
      }
      now = to;
      unsettled = null;
    }
  }

  /** Notes an order to the recorded clock, which also ran the work that was due. */
  void advanceByOrder(Instant to) {
    unsettled = null;
    advance(to);
  }

  /** Notes that the recorded clock was set, also to an earlier time. */
  void setClock(Instant to, boolean stands) {
    unsettled = null;
    stopped = stands;
    lastUnattended = to;
    if (to.isBefore(now)) {
      add("clock", Json.object().put("mode", "stopped").put("now", to.toString()));
      now = to;
      unsettled = null;
    } else {
      advance(to);
    }
  }

  /** Notes something that cannot be written as a step. */
  void leaveOut(String what) {
    leftOut.merge(what, 1, Integer::sum);
  }

  /**
   * Notes an exchange that cannot be written as a step, and the ids that it created: later requests
   * with them are left out as well.
   */
  void leaveOut(RecordedExchange recordedExchange, String what) {
    leaveOut(recordedExchange.describe(what));
    ID.matcher(recordedExchange.answer().toString())
        .results()
        .map(MatchResult::group)
        .forEach(leftOutIds::add);
  }

  /** Tells whether the text contains an id that no step of the file creates. */
  boolean mentionsLeftOutId(String text) {
    return leftOutIds.stream().anyMatch(id -> !names.containsKey(id) && text.contains(id));
  }

  /** Writes this id as {@code ${name}} from now on. */
  void name(String id, String reference) {
    names.putIfAbsent(id, "${" + reference + "}");
  }

  /** Returns the text with every named id replaced by its reference. */
  String withNames(String text) {
    var result = text;
    for (var each : names.entrySet()) {
      result = result.replace(each.getKey(), each.getValue());
    }
    return result;
  }

  JsonNode withNames(JsonNode value) {
    return Json.parse(withNames(value.toString()));
  }

  ArrayNode steps() {
    advance(lastUnattended);
    settleLast();
    return (ArrayNode) Json.tree(steps);
  }

  List<String> leftOut() {
    return leftOut.entrySet().stream()
        .map(each -> each.getValue() + " x " + each.getKey())
        .toList();
  }

  private ObjectNode withPrincipal(ObjectNode step) {
    return who.isEmpty() ? step : step.put("who", who);
  }

  private ObjectNode add(String verb, JsonNode arguments) {
    settleLast();
    var step = Json.object();
    step.set(verb, arguments);
    steps.add(step);
    unsettled = step;
    return step;
  }

  /**
   * Keeps the player from running background work after the last step, if the recorded world was
   * stopped and got no order to the clock.
   */
  private void settleLast() {
    if (unsettled != null && stopped) {
      unsettled.put("settle", false);
    }
    unsettled = null;
  }
}
