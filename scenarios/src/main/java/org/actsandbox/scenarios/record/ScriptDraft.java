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

/** The steps so far, and the moment the played world's clock shows after them. */
final class ScriptDraft {

  /**
   * Ours: how far the played clock may lag behind the recorded one. Holds, bills and offers last
   * minutes, and a step for every pause between two clicks would tell nobody anything.
   */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** As the sandbox makes them; those of messages are their senders'. */
  private static final Pattern ID = Pattern.compile("\\b(?:[A-Z]{1,3}-|pi_)[0-9A-Z]{15}\\b");

  private final List<ObjectNode> steps = new ArrayList<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final Set<String> lost = new HashSet<>();

  /** What later requests must call by its name, because it is another one when played again. */
  private final Map<String, String> names = new LinkedHashMap<>();

  /** When something begins or ends: a step on one side of it must not come to the other. */
  private final Set<Instant> edges = new HashSet<>();

  private Instant now;
  private boolean stopped;

  /** Until then something happened by itself, which the played clock has yet to come to. */
  private Instant passed;

  /** Whose steps follow; the name of the first principal is empty. */
  private String who = "";

  private int captured;

  /** The last step, while nobody has ordered the clock since. */
  private @Nullable ObjectNode unsettled;

  ScriptDraft(Instant start, boolean stopped) {
    this.now = start;
    this.passed = start;
    this.stopped = stopped;
  }

  /**
   * From now on steps are this principal's.
   *
   * @return whose they were
   */
  String actFor(String principal) {
    var before = who;
    who = principal;
    return before;
  }

  /** A name for a value, which no other has. */
  String freshName(String what) {
    return what + "_" + ++captured;
  }

  /** Adds a step that happened at that moment. */
  ObjectNode step(Instant at, String verb, JsonNode arguments) {
    if (isLater(at)) {
      advance(at);
    }
    return stepNow(verb, arguments);
  }

  /** Adds one as soon as everything has happened that happened by itself. */
  ObjectNode stepNow(String verb, JsonNode arguments) {
    advance(passed);
    return own(add(verb, arguments));
  }

  /** Whether the played clock has to be moved for what happened at that moment. */
  boolean isLater(Instant at) {
    return Duration.between(now, at).compareTo(SLACK) >= 0
        || edges.stream().anyMatch(edge -> edge.isAfter(now) && !edge.isAfter(at));
  }

  /** The moment to come when something begins or ends. */
  void edge(Instant at) {
    edges.add(at);
  }

  /** Something happened at that moment which nobody did. */
  void noteUnattended(Instant at) {
    if (at.isAfter(passed)) {
      passed = at;
    }
  }

  /** Nothing has been written since this very step; one that says the same is another. */
  @SuppressWarnings("ReferenceEquality")
  boolean isLast(ObjectNode step) {
    return !steps.isEmpty() && steps.getLast() == step;
  }

  /** Adds one before another that was written already: what it then met was there before. */
  void before(ObjectNode step, String verb, JsonNode arguments) {
    var earlier = Json.object();
    earlier.set(verb, arguments);
    steps.add(steps.lastIndexOf(step), earlier);
  }

  /** A step in which time passes by itself up to that moment. */
  ObjectNode stepUntil(Instant end, String verb, JsonNode arguments) {
    var step = own(add(verb, arguments));
    if (end.isAfter(now)) {
      now = end;
    }
    return step;
  }

  /** The recorded clock was moved, or did what was due; the played one follows. */
  void advance(Instant to) {
    if (to.isAfter(now)) {
      if (!steps.isEmpty() && steps.getLast().path("advance") instanceof ObjectNode before) {
        // Whatever falls due on the way does so in its order, in one step or in many.
        before.put("to", to.toString());
      } else {
        add("advance", Json.object().put("to", to.toString()));
      }
      now = to;
      unsettled = null;
    }
  }

  /** The recorded clock did what was due, if only at the moment where it stood. */
  void ordered(Instant to) {
    unsettled = null;
    advance(to);
  }

  void setClock(Instant to, boolean stands) {
    unsettled = null;
    stopped = stands;
    passed = to;
    if (to.isBefore(now)) {
      add("clock", Json.object().put("mode", "stopped").put("now", to.toString()));
      now = to;
      unsettled = null;
    } else {
      advance(to);
    }
  }

  void leaveOut(String what) {
    leftOut.merge(what, 1, Integer::sum);
  }

  /** Whatever is done later with what came of it is left out as well. */
  void leaveOut(RecordedExchange recordedExchange, String what) {
    leaveOut(recordedExchange.describe(what));
    ID.matcher(recordedExchange.answer().toString())
        .results()
        .map(MatchResult::group)
        .forEach(lost::add);
  }

  /** Whether this is about something that no step of the file makes. */
  boolean isLost(String text) {
    return lost.stream().anyMatch(id -> !names.containsKey(id) && text.contains(id));
  }

  /** From now on this id is written as {@code ${name}}. */
  void name(String id, String reference) {
    names.putIfAbsent(id, "${" + reference + "}");
  }

  /** The same text with every id that has a name called by it. */
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
    advance(passed);
    settleLast();
    return (ArrayNode) Json.tree(steps);
  }

  List<String> leftOut() {
    return leftOut.entrySet().stream()
        .map(each -> each.getValue() + " x " + each.getKey())
        .toList();
  }

  private ObjectNode own(ObjectNode step) {
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

  /** In a stopped world nothing follows by itself: neither may it when it is played. */
  private void settleLast() {
    if (unsettled != null && stopped) {
      unsettled.put("settle", false);
    }
    unsettled = null;
  }
}
