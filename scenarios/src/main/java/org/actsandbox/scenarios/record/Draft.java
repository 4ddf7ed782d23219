package org.actsandbox.scenarios.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The steps so far, and the moment the played world's clock shows after them. */
final class Draft {

  /**
   * Ours: how far the played clock may lag behind the recorded one. Holds, bills and offers last
   * minutes, and a step for every pause between two clicks would tell nobody anything.
   */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final List<ObjectNode> steps = new ArrayList<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();

  /** What later requests must call by its name, because it is another one when played again. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private Instant now;
  private boolean stopped;

  /** Whose steps follow; the name of the first principal is empty. */
  private String who = "";

  private int captured;

  /** The last step, while nobody has ordered the clock since. */
  private @Nullable ObjectNode unsettled;

  Draft(Instant start, boolean stopped) {
    this.now = start;
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
    if (Duration.between(now, at).compareTo(SLACK) >= 0) {
      advance(at);
    }
    return own(add(verb, arguments));
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
    unsettled = null;
    if (to.isAfter(now)) {
      add("advance", Json.object().put("to", to.toString()));
      now = to;
      unsettled = null;
    }
  }

  void setClock(Instant to, boolean stands) {
    unsettled = null;
    stopped = stands;
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

  /** From now on this id is written as {@code ${name}}. */
  void name(String id, String reference) {
    names.putIfAbsent(id, "${" + reference + "}");
  }

  /** The same text with every id that has a name called by it. */
  String named(String text) {
    var result = text;
    for (var each : names.entrySet()) {
      result = result.replace(each.getKey(), each.getValue());
    }
    return result;
  }

  JsonNode named(JsonNode value) {
    return Json.parse(named(value.toString()));
  }

  ArrayNode steps() {
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
