package org.actsandbox.merchants.intent;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.merchants.message.KnownFields;
import org.actsandbox.protocol.commerce.Constraints;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a context may say (docs/needs.md). A wish or a bound that this merchant does not know is
 * refused by name: offers that leave it out would pass for offers that keep it (CID-3).
 */
final class Vocabulary {

  private static final String KIND = "kind";

  /** The fields of a need by its kind. */
  private static final Map<String, Set<String>> NEEDS =
      Map.of(
          "train", fields(Need.Train.class),
          "hotel", fields(Need.Hotel.class),
          "shop", fields(Need.Shop.class));

  private Vocabulary() {}

  private static Set<String> fields(Class<? extends Record> need) {
    var fields = new TreeSet<>(KnownFields.of(need));
    fields.add(KIND);
    return fields;
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code intent_malformed}, {@code
   *     constraint_unknown}
   */
  static void check(ObjectNode context) {
    KnownFields.check(context, IntentContext.class, "context", Problem.INTENT_MALFORMED);
    int number = 0;
    for (var need : context.path("explicit_needs")) {
      check(need, "context.explicit_needs[%d]".formatted(number++));
    }
    KnownFields.check(
        context.path("constraints"),
        Constraints.class,
        "context.constraints",
        Problem.CONSTRAINT_UNKNOWN);
  }

  /** A need of another kind is for the binding to refuse. */
  private static void check(JsonNode need, String at) {
    var known = NEEDS.get(need.path(KIND).asString(""));
    if (known != null) {
      KnownFields.check(need, known, at, Problem.INTENT_MALFORMED);
    }
  }
}
