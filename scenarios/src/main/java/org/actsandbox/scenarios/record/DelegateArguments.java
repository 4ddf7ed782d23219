package org.actsandbox.scenarios.record;

import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.step.ScenarioIsrBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an ISR in the few fields of the verb {@code delegate}. Anything that these fields cannot
 * express becomes a change ({@code with}) of the message that the player builds from them.
 */
final class DelegateArguments {

  private static final String DID = "did:act:";
  private static final int CENTS = 2;
  private static final List<String> KEPT_FIELDS = List.of("as", "by");

  private DelegateArguments() {}

  /** Adds the arguments of a {@code delegate} with which the player requests the same authority. */
  static void write(JsonNode isr, String agentId, Instant at, ObjectNode arguments) {
    var commerce = isr.at("/ext/commerce");
    text(isr.at("/conversation_history/user_intent_raw"), "says", arguments);
    if (List.of("SPECIFIED", "BOUNDED").contains(isr.path("delegation_mode").asString(""))) {
      text(isr.path("delegation_mode"), "mode", arguments);
    }
    amount(isr.path("max_total_amount"), "total", arguments);
    amount(commerce.path("max_single_amount"), "single", arguments);
    begins(isr).filter(at::isBefore).ifPresent(when -> arguments.put("begins", when.toString()));
    moment(isr.path("validity_end_time")).ifPresent(when -> arguments.put("ends", when.toString()));
    texts(commerce.path("allowed_categories"), "categories", arguments);
    texts(isr.path("allowed_payment_methods"), "methods", arguments);
    merchants(commerce.path("allowed_merchants"), arguments);
    plan(isr.at("/ext/vendor_private/plan"), arguments);
    if (isr.at("/ext/vendor_private/targets").isArray()) {
      arguments.set("targets", isr.at("/ext/vendor_private/targets"));
    }
    if (isr.at("/ext/agent_behavior/max_retry_count").isInt()) {
      arguments.set("retries", isr.at("/ext/agent_behavior/max_retry_count"));
    }
    var intentId = isr.path("intent_id").asString("");
    var built = ScenarioIsrBuilder.of(arguments, intentId, agentId, at);
    for (var name : List.copyOf(arguments.propertyNames())) {
      // A value that the player uses by default need not be written.
      var value = arguments.remove(name);
      if (!ScenarioIsrBuilder.of(arguments, intentId, agentId, at).equals(built)
          || KEPT_FIELDS.contains(name)) {
        arguments.set(name, value);
      }
    }
    var with = Json.object();
    differences("/isr", built, normalized(isr, built, at), with);
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  static Optional<Instant> begins(JsonNode isr) {
    return moment(isr.path("validity_start_time"));
  }

  static Optional<Instant> ends(JsonNode isr) {
    return moment(isr.path("validity_end_time"));
  }

  /**
   * Normalizes an ISR for the comparison: a start in the past counts as now, and times are in UTC.
   */
  private static JsonNode normalized(JsonNode isr, ObjectNode built, Instant at) {
    var wanted = ((ObjectNode) isr).deepCopy();
    if (begins(isr).filter(begin -> !begin.isAfter(at)).isPresent()) {
      wanted.set("validity_start_time", built.path("validity_start_time"));
    }
    for (var field : List.of("validity_start_time", "validity_end_time")) {
      moment(wanted.path(field)).ifPresent(when -> wanted.put(field, when.toString()));
    }
    return wanted;
  }

  private static void differences(String at, JsonNode built, JsonNode wanted, ObjectNode with) {
    if (built.isObject() && wanted.isObject()) {
      var fields = new LinkedHashSet<>(wanted.propertyNames());
      fields.addAll(built.propertyNames());
      for (var field : fields) {
        var pointer = at + "/" + field.replace("~", "~0").replace("/", "~1");
        if (!wanted.has(field)) {
          with.putNull(pointer);
        } else {
          differences(pointer, built.path(field), wanted.path(field), with);
        }
      }
    } else if (!isSame(built, wanted)) {
      with.set(at, wanted);
    }
  }

  private static boolean isSame(JsonNode built, JsonNode wanted) {
    return (built.isNumber() && wanted.isNumber())
        ? built.decimalValue().compareTo(wanted.decimalValue()) == 0
        : built.equals(wanted);
  }

  private static void text(JsonNode value, String name, ObjectNode arguments) {
    if (value.isString()) {
      arguments.set(name, value);
    }
  }

  private static void amount(JsonNode value, String name, ObjectNode arguments) {
    if (value.isNumber() && value.decimalValue().signum() >= 0) {
      var decimal = value.decimalValue().stripTrailingZeros();
      if (decimal.scale() <= CENTS) {
        arguments.put(name, decimal.setScale(CENTS, RoundingMode.UNNECESSARY).toPlainString());
      }
    }
  }

  private static void texts(JsonNode values, String name, ObjectNode arguments) {
    if (values.isArray() && values.valueStream().allMatch(JsonNode::isString)) {
      arguments.set(name, values);
    }
  }

  private static void merchants(JsonNode values, ObjectNode arguments) {
    if (values.isArray()
        && values.valueStream().allMatch(value -> value.asString("").startsWith(DID))) {
      var names = arguments.putArray("merchants");
      values.forEach(value -> names.add(RecordedExchange.name(value.stringValue())));
    }
  }

  /** Writes the plan if the fields of {@code delegate} can express it. */
  private static void plan(JsonNode plan, ObjectNode arguments) {
    if (moment(plan.path("first_at")).isPresent()
        && plan.path("count").isInt()
        && List.of("first_at", "every", "count").containsAll(plan.propertyNames())) {
      arguments.set("plan", plan);
    }
  }

  private static Optional<Instant> moment(JsonNode text) {
    try {
      return text.isString() ? Optional.of(Instant.parse(text.stringValue())) : Optional.empty();
    } catch (DateTimeException malformed) {
      // The message is malformed; the text is then written as a difference.
      return Optional.empty();
    }
  }
}
