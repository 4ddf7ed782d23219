package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.KillStory.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import tools.jackson.databind.JsonNode;

/**
 * A task (ACT L3) that a kill cuts off while somebody is slow to answer goes on after the restart:
 * no service is paid for twice, and what is left on the sub-account is what was not spent.
 */
record TaskCutOff(String account) implements KillStory {

  private static final String SENTENCE =
      "Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan";
  private static final String TASKS = "/agents/demo-agent/tasks";

  /** As long as a fault can take, for whatever else gets under way before the kill. */
  private static final Duration SLOW = Duration.ofMinutes(1);

  /** Whoever is slow is so from a call of this kind on. */
  static TaskCutOff begun(Stage stage, String participant, String operation, int after) {
    stage.run();
    authorize(stage);
    var account = fund(stage);
    var fault = Json.object().put("name", "delay").put("participant", participant);
    fault.put("operation", operation).put("after", after);
    fault.putObject("parameters").put("ms", SLOW.toMillis());
    stage.client().post(stage.target().api("/faults"), stage.target().keys().operator(), fault);
    return new TaskCutOff(account);
  }

  @Override
  public void getsUnderWay(Stage stage) {
    var id = task(stage).path("task_id").asString();
    post(stage, TASKS + "/" + id + "/continue", Map.of());
    await(() -> fired(stage) > 0, "nobody was slow");
  }

  @Override
  public void afterTheKill(Stage stage) {
    assertThat(task(stage).path("state").asString()).isEqualTo("working");
    var operator = stage.target().keys().operator();
    stage.client().send("DELETE", stage.target().api("/faults"), operator, null);
    // Past the lease of the step that was under way.
    stage.advance("PT3M");
    await(() -> !task(stage).path("state").asString().equals("working"), "it hangs");

    var task = task(stage);
    assertThat(task.path("state").asString()).as(task.toString()).isEqualTo("done");
    assertThat(task.at("/bill/total").asString()).isEqualTo("10.70");
    assertThat(payments(stage)).hasSize(4).doesNotHaveDuplicates();
    assertThat(get(stage, "/psp/sub-accounts/" + account).path("balance").asString())
        .isEqualTo("9.30");
    assertThat(new BigDecimal(Claims.sum(stage))).isZero();
    var authority = get(stage, "/delegations/iacs/" + task.path("delegation_id").asString());
    assertThat(authority.path("state").asString()).isEqualTo("Revoked");
  }

  private static void authorize(Stage stage) {
    var conversations = "/agents/demo-agent/conversations";
    var id = post(stage, conversations, Map.of()).path("conversation_id").asString();
    post(stage, conversations + "/" + id + "/messages", Map.of("text", SENTENCE));
    await(() -> !intents(stage).isEmpty(), "no authority was asked for");
    var intent = intents(stage).get(0).path("intent_id").asString();
    var page = "/delegations/intents/" + intent + "/confirmation";
    var digest = get(stage, page).path("digest").asString();
    post(stage, page, Map.of("decision", "APPROVE", "digest", digest, "pin", Buyer.DEMO_PIN));
  }

  private static JsonNode intents(Stage stage) {
    return get(stage, "/delegations/intents").path("items");
  }

  private static String fund(Stage stage) {
    var opened =
        post(
            stage,
            "/psp/sub-accounts",
            Map.of("agent_id", "did:act:demo-agent", "pin", Buyer.DEMO_PIN));
    var id = opened.path("sub_account_id").asString();
    post(
        stage,
        "/psp/sub-accounts/" + id + "/top-ups",
        Map.of("request_id", "U-1", "amount", "20.00", "pin", Buyer.DEMO_PIN));
    return id;
  }

  private static long fired(Stage stage) {
    return stage
        .client()
        .get(stage.target().api("/faults"), stage.target().keys().operator())
        .at("/items/0/fired")
        .asLong();
  }

  private static JsonNode task(Stage stage) {
    return get(stage, TASKS).path("items").path(0);
  }

  /** The order of each payment that was made. */
  private static List<String> payments(Stage stage) {
    return get(stage, "/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString().equals("paid"))
        .map(payment -> payment.path("merchant_order_no").asString())
        .toList();
  }

  private static JsonNode get(Stage stage, String path) {
    return stage.client().get(stage.target().at(path), stage.target().keys().principal());
  }

  private static JsonNode post(Stage stage, String path, Map<String, ?> body) {
    return stage.client().post(stage.target().at(path), stage.target().keys().principal(), body);
  }
}
