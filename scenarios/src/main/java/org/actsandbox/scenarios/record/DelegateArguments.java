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
 * What an agent asked to be allowed, in the few words of {@code delegate}; whatever those do not
 * say is what the message made of them is changed by.
 */
final class DelegateArguments {

  private static final String DID = "did:act:";
  private static final int CENTS = 2;
  private static final List<String> NAMES = List.of("as", "by");

  private DelegateArguments() {}

  /** Adds to the arguments of a {@code delegate} what makes the player ask for the same. */
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
    var made = ScenarioIsrBuilder.of(arguments, intentId, agentId, at);
    for (var name : List.copyOf(arguments.propertyNames())) {
      // What it says by itself need not be written down.
      var value = arguments.remove(name);
      if (!ScenarioIsrBuilder.of(arguments, intentId, agentId, at).equals(made)
          || NAMES.contains(name)) {
        arguments.set(name, value);
      }
    }
    var with = Json.object();
    differences("/isr", made, said(isr, made, at), with);
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

  /** One that has begun has begun, whenever that was; and moments may be written in any zone. */
  private static JsonNode said(JsonNode isr, ObjectNode made, Instant at) {
    var said = ((ObjectNode) isr).deepCopy();
    if (begins(isr).filter(begin -> !begin.isAfter(at)).isPresent()) {
      said.set("validity_start_time", made.path("validity_start_time"));
    }
    for (var field : List.of("validity_start_time", "validity_end_time")) {
      moment(said.path(field)).ifPresent(when -> said.put(field, when.toString()));
    }
    return said;
  }

  private static void differences(String at, JsonNode made, JsonNode said, ObjectNode with) {
    if (made.isObject() && said.isObject()) {
      var fields = new LinkedHashSet<>(said.propertyNames());
      fields.addAll(made.propertyNames());
      for (var field : fields) {
        var pointer = at + "/" + field.replace("~", "~0").replace("/", "~1");
        if (!said.has(field)) {
          with.putNull(pointer);
        } else {
          differences(pointer, made.path(field), said.path(field), with);
        }
      }
    } else if (!isSame(made, said)) {
      with.set(at, said);
    }
  }

  private static boolean isSame(JsonNode made, JsonNode said) {
    return (made.isNumber() && said.isNumber())
        ? made.decimalValue().compareTo(said.decimalValue()) == 0
        : made.equals(said);
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

  /** Only one that the file's own words have room for. */
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
      // A message may have anything in it; then it is a difference like any other.
      return Optional.empty();
    }
  }
}
