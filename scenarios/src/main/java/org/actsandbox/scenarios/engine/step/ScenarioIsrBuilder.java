package org.actsandbox.scenarios.engine.step;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.ScriptInstants;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the ISR of an agent from the few fields that a scenario gives. */
public final class ScenarioIsrBuilder {

  private static final String TOTAL = "600.00";

  private ScenarioIsrBuilder() {}

  /**
   * Builds the ISR.
   *
   * @param with the arguments of the verb {@code delegate}
   * @param agentId the agent that requests the authority
   */
  public static ObjectNode of(JsonNode with, String intentId, String agentId, Instant now) {
    var isr = Json.object();
    isr.putObject("conversation_history")
        .put("user_intent_raw", with.path("says").asString("Buy it when you find it"))
        .putArray("input_mode")
        .add("TEXT");
    isr.put("intent_id", intentId);
    isr.put("delegation_mode", with.path("mode").asString("SPECIFIED"));
    // The sandbox keeps time in milliseconds: a finer start would lie in its future.
    var begins = moment(with.path("begins"), now.truncatedTo(ChronoUnit.MILLIS));
    isr.put("validity_start_time", begins.toString());
    isr.put("validity_end_time", ends(with, begins).toString());
    isr.put("max_total_amount", new BigDecimal(with.path("total").asString(TOTAL)));
    isr.put("currency", "CNY");
    var methods = isr.putArray("allowed_payment_methods");
    if (with.has("methods")) {
      with.path("methods").forEach(methods::add);
    } else {
      methods.add("balance").add("sub_account");
    }
    isr.put("agent_id", agentId);
    isr.set("ext", extension(with));
    return isr;
  }

  private static ObjectNode extension(JsonNode with) {
    var ext = Json.object();
    var commerce = ext.putObject("commerce");
    if (with.has("single")) {
      commerce.put("max_single_amount", new BigDecimal(with.path("single").asString()));
    }
    if (with.has("categories")) {
      commerce.set("allowed_categories", with.path("categories"));
    }
    if (with.has("merchants")) {
      var merchants = commerce.putArray("allowed_merchants");
      with.path("merchants").forEach(merchant -> merchants.add("did:act:" + merchant.asString()));
    }
    var own = Json.object();
    if (with.has("plan")) {
      own.set("plan", plan(with.path("plan")));
    }
    if (with.has("targets")) {
      own.set("targets", with.path("targets"));
    }
    if (!own.isEmpty()) {
      ext.set("vendor_private", own);
    }
    if (with.has("retries")) {
      ext.putObject("agent_behavior")
          .put("on_payment_failure", "AUTO_RETRY")
          .set("max_retry_count", with.path("retries"));
    }
    return ext;
  }

  private static ObjectNode plan(JsonNode plan) {
    var utc = ((ObjectNode) plan).deepCopy();
    utc.put("first_at", ScriptInstants.utc(plan.path("first_at").asString()));
    return utc;
  }

  private static Instant ends(JsonNode with, Instant begins) {
    return with.has("ends")
        ? Instant.parse(ScriptInstants.utc(with.path("ends").asString()))
        : begins.plus(Duration.parse(with.path("lasts").asString("P1D")));
  }

  /** Reads an instant, or a duration from now. */
  private static Instant moment(JsonNode said, Instant now) {
    if (!said.isString()) {
      return now;
    }
    var text = said.stringValue();
    return text.startsWith("P")
        ? now.plus(Duration.parse(text))
        : Instant.parse(ScriptInstants.utc(text));
  }
}
