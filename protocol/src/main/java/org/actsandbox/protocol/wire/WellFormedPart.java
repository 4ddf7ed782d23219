package org.actsandbox.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks the values in the part of a request whose form is right. */
final class WellFormedPart {

  /** Reads a number or boolean that was taken out as 0 or false, so that the rest is examined. */
  private static final JsonMapper LENIENT =
      Json.mapper().rebuild().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");

  private WellFormedPart() {}

  /** Returns the mistakes of the form, followed by those of values in the rest of the request. */
  static <T> List<FieldMistake> withValueMistakes(
      JsonNode raw,
      Class<T> type,
      List<FieldMistake> mistakes,
      BiConsumer<? super T, MistakeCollector> values) {
    var rest = raw.deepCopy();
    mistakes.forEach(each -> remove(rest, each.field()));
    var collector = new MistakeCollector();
    try {
      values.accept(LENIENT.treeToValue(rest, type), collector);
    } catch (JacksonException | Refusal wholeIsNeeded) {
      // The record cannot be made without the mistaken fields, so its values come next time.
      return mistakes;
    }
    var all = new ArrayList<>(mistakes);
    collector.refusals().stream()
        .flatMap(each -> each.toMistakes().stream())
        .filter(each -> mistakes.stream().noneMatch(known -> concerns(each, known)))
        .forEach(all::add);
    return List.copyOf(all.subList(0, Math.min(all.size(), MessageCheck.MAX_MISTAKES)));
  }

  /** A field that was taken out must not be called missing. */
  private static boolean concerns(FieldMistake value, FieldMistake form) {
    return value.field().equals(form.field()) || value.field().startsWith(form.field() + ".");
  }

  private static void remove(JsonNode from, String path) {
    var steps = STEP.matcher(path).results().map(found -> found.group()).toList();
    if (steps.isEmpty()) {
      return;
    }
    var place = from;
    for (var step : steps.subList(0, steps.size() - 1)) {
      place = place instanceof ArrayNode list ? list.path(index(step)) : place.path(step);
    }
    switch (place) {
      case ObjectNode object -> object.remove(steps.getLast());
      case ArrayNode list when index(steps.getLast()) < list.size() ->
          list.setNull(index(steps.getLast()));
      default -> {}
    }
  }

  private static int index(String step) {
    return step.matches("[0-9]{1,6}") ? Integer.parseInt(step) : Integer.MAX_VALUE;
  }
}
