package org.actsandbox.merchants.intent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.RecordFields;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows implicit needs and preferences, which are fields that the explicit need leaves open, as
 * far as an offer still fits. Preferences are given up first, then the implicit needs; the explicit
 * need and the constraints are never given up for them (CID-2). The answer names those that the
 * offers do not follow.
 */
final class PreferenceRanking {

  private static final String IMPLICIT = "implicit_needs";
  private static final String PREFERENCES = "preferences";

  private final ObjectNode need;
  private final Class<? extends Need> kind;
  private final SortedMap<String, String> implicit = new TreeMap<>();
  private final SortedMap<String, String> preferences = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();

  private PreferenceRanking(ObjectNode need, Class<? extends Need> kind) {
    this.need = need;
    this.kind = kind;
  }

  /**
   * Reads the implicit needs and preferences of a context.
   *
   * @param context checked and bound before, with one explicit need
   */
  static PreferenceRanking of(ObjectNode context, Class<? extends Need> kind) {
    var preferenceRanking =
        new PreferenceRanking((ObjectNode) context.path("explicit_needs").path(0), kind);
    preferenceRanking.take(context.path(IMPLICIT), IMPLICIT, preferenceRanking.implicit);
    preferenceRanking.take(context.path(PREFERENCES), PREFERENCES, preferenceRanking.preferences);
    return preferenceRanking;
  }

  private void take(JsonNode given, String from, Map<String, String> into) {
    for (var hint : given.properties()) {
      var field = hint.getKey();
      if (RecordFields.names(kind).contains(field)
          && !need.has(field)
          && !implicit.containsKey(field)) {
        into.put(field, hint.getValue().asString(""));
      } else {
        unknown.add(path(from, field));
      }
    }
  }

  /**
   * Returns the offers for as many implicit needs and preferences as leave an offer.
   *
   * @throws Refusal the refusal for the explicit need alone
   */
  IntentSearch.Found bestOffers(Function<Need, List<Offer>> search) {
    List<List<Map<String, String>>> levels =
        List.of(List.of(implicit, preferences), List.of(implicit), List.of());
    for (var level : levels) {
      boolean isLast = level.isEmpty();
      boolean addsNothing = !isLast && level.getLast().isEmpty();
      if (addsNothing) {
        continue;
      }
      try {
        return new IntentSearch.Found(search.apply(need(level)), notConsidered(level));
      } catch (Refusal refusal) {
        if (isLast || !isAboutTheNeed(refusal.problem())) {
          throw refusal;
        }
      } catch (JacksonException notAValue) {
        if (isLast) {
          throw notAValue;
        }
      }
    }
    throw new IllegalStateException("the explicit need was not looked for");
  }

  private static boolean isAboutTheNeed(Problem problem) {
    return problem == Problem.NO_MATCH
        || problem == Problem.CONSTRAINT_CONFLICT
        || problem == Problem.INTENT_MALFORMED;
  }

  private Need need(List<Map<String, String>> level) {
    var extended = need.deepCopy();
    level.forEach(hints -> hints.forEach((field, value) -> put(extended, field, value)));
    return Json.read(extended, Need.class);
  }

  /**
   * Sets the value as text, which the mapper reads as a number, a date or a truth value if the need
   * has one.
   */
  private void put(ObjectNode target, String field, String value) {
    boolean isList =
        List.of(kind.getRecordComponents()).stream()
            .filter(component -> RecordFields.isNamed(component, field))
            .anyMatch(component -> Collection.class.isAssignableFrom(component.getType()));
    if (isList) {
      target.putArray(field).add(value);
    } else {
      target.put(field, value);
    }
  }

  private List<String> notConsidered(List<Map<String, String>> level) {
    var paths = new ArrayList<>(unknown);
    if (!level.contains(implicit)) {
      implicit.keySet().forEach(field -> paths.add(path(IMPLICIT, field)));
    }
    if (!level.contains(preferences)) {
      preferences.keySet().forEach(field -> paths.add(path(PREFERENCES, field)));
    }
    return paths.stream().sorted().toList();
  }

  private static String path(String from, String field) {
    return from + "." + field;
  }
}
