package org.actsandbox.merchants.intent;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Constraints;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.wire.UnknownFieldCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses needs and constraints with fields that this merchant does not know (docs/needs.md). It
 * names the field: offers that ignored it would look like offers that keep it (CID-3).
 */
final class NeedVocabulary {

  private static final String KIND = "kind";

  /** The fields that a need may have, by its kind. */
  private static final Map<MerchantKind, Set<String>> NEEDS =
      MerchantKind.WITH_OFFERS.stream()
          .collect(Collectors.toMap(Function.identity(), NeedVocabulary::fields));

  private NeedVocabulary() {}

  private static Set<String> fields(MerchantKind kind) {
    Class<? extends Record> need =
        switch (kind) {
          case TRAIN -> Need.Train.class;
          case HOTEL -> Need.Hotel.class;
          case SHOP -> Need.Shop.class;
          case SERVICE ->
              throw new IllegalArgumentException("services are requested without needs");
        };
    var fields = new TreeSet<>(UnknownFieldCheck.of(need));
    fields.add(KIND);
    return fields;
  }

  /**
   * Checks the fields of a context.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code intent_malformed}, {@code
   *     constraint_unknown}
   */
  static void check(ObjectNode context) {
    UnknownFieldCheck.check(context, IntentContext.class, "context", Problem.INTENT_MALFORMED);
    int number = 0;
    for (var need : context.path("explicit_needs")) {
      check(need, "context.explicit_needs[%d]".formatted(number++));
    }
    UnknownFieldCheck.check(
        context.path("constraints"),
        Constraints.class,
        "context.constraints",
        Problem.CONSTRAINT_UNKNOWN);
  }

  /** Checks the fields of one need; a need of an unknown kind is refused when it is bound. */
  private static void check(JsonNode need, String at) {
    MerchantKind.find(need.path(KIND).asString(""))
        .map(NEEDS::get)
        .ifPresent(known -> UnknownFieldCheck.check(need, known, at, Problem.INTENT_MALFORMED));
  }
}
