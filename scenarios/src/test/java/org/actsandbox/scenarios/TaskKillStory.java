package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.KillStory.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Checks that a task (ACT L3) which a kill interrupts while a participant is slow continues after
 * the restart: no service is paid for twice, and the sub-account has exactly what was not spent.
 */
record TaskKillStory(String account, boolean finished) implements KillStory {

  private static final String SENTENCE =
      "Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan";
  private static final String TASKS = "/agents/demo-agent/tasks";

  /**
   * The longest delay that a fault can cause, so that the other stories can start before the kill.
   */
  private static final Duration SLOW = Duration.ofMinutes(1);

  /**
   * Gives a task its authority and its money, and makes the participant slow after {@code after}
   * calls of this operation.
   */
  static TaskKillStory begun(
      ScenarioTestWorld scenarioTestWorld, String participant, String operation, int after) {
    scenarioTestWorld.run();
    authorize(scenarioTestWorld);
    var account = fund(scenarioTestWorld);
    var fault = Json.object().put("name", "delay").put("participant", participant);
    fault.put("operation", operation).put("after", after);
    fault.putObject("parameters").put("ms", SLOW.toMillis());
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/faults"),
            scenarioTestWorld.target().keys().operator(),
            fault);
    // The authority is given back after the end of the task.
    return new TaskKillStory(account, operation.endsWith("/revoke"));
  }

  @Override
  public void startInterruptedWork(ScenarioTestWorld scenarioTestWorld) {
    var id = task(scenarioTestWorld).path("task_id").asString();
    post(scenarioTestWorld, TASKS + "/" + id + "/continue", Map.of());
    await(() -> fired(scenarioTestWorld) > 0, "no participant was slow");
  }

  @Override
  public void afterTheKill(ScenarioTestWorld scenarioTestWorld) {
    assertThat(task(scenarioTestWorld).path("state").asString())
        .isEqualTo(finished ? "done" : "working");
    var operator = scenarioTestWorld.target().keys().operator();
    scenarioTestWorld
        .client()
        .send("DELETE", scenarioTestWorld.target().api("/faults"), operator, null);
    // Past the lease of the step that was under way, or the pause before the next try to give back.
    scenarioTestWorld.advance(finished ? "PT11M" : "PT3M");
    await(() -> !task(scenarioTestWorld).path("state").asString().equals("working"), "it hangs");

    var task = task(scenarioTestWorld);
    assertThat(task.path("state").asString()).as(task.toString()).isEqualTo("done");
    assertThat(task.at("/bill/total").asString()).isEqualTo("10.70");
    assertThat(payments(scenarioTestWorld)).hasSize(4).doesNotHaveDuplicates();
    assertThat(get(scenarioTestWorld, "/psp/sub-accounts/" + account).path("balance").asString())
        .isEqualTo("9.30");
    assertThat(new BigDecimal(DisputeTestSteps.sum(scenarioTestWorld))).isZero();
    var authority = "/delegations/iacs/" + task.path("delegation_id").asString();
    await(
        () -> get(scenarioTestWorld, authority).path("state").asString().equals("Revoked"),
        "the authority is not given back");
  }

  private static void authorize(ScenarioTestWorld scenarioTestWorld) {
    var conversations = "/agents/demo-agent/conversations";
    var id = post(scenarioTestWorld, conversations, Map.of()).path("conversation_id").asString();
    post(scenarioTestWorld, conversations + "/" + id + "/messages", Map.of("text", SENTENCE));
    await(() -> !intents(scenarioTestWorld).isEmpty(), "no authority was asked for");
    var intent = intents(scenarioTestWorld).get(0).path("intent_id").asString();
    var page = "/delegations/intents/" + intent + "/confirmation";
    var digest = get(scenarioTestWorld, page).path("digest").asString();
    post(
        scenarioTestWorld,
        page,
        Map.of("decision", "APPROVE", "digest", digest, "pin", PurchaseClient.DEMO_PIN));
  }

  private static JsonNode intents(ScenarioTestWorld scenarioTestWorld) {
    return get(scenarioTestWorld, "/delegations/intents").path("items");
  }

  private static String fund(ScenarioTestWorld scenarioTestWorld) {
    var opened =
        post(
            scenarioTestWorld,
            "/psp/sub-accounts",
            Map.of("agent_id", "did:act:demo-agent", "pin", PurchaseClient.DEMO_PIN));
    var id = opened.path("sub_account_id").asString();
    post(
        scenarioTestWorld,
        "/psp/sub-accounts/" + id + "/top-ups",
        Map.of("request_id", "U-1", "amount", "20.00", "pin", PurchaseClient.DEMO_PIN));
    return id;
  }

  private static long fired(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().api("/faults"), scenarioTestWorld.target().keys().operator())
        .at("/items/0/fired")
        .asLong();
  }

  private static JsonNode task(ScenarioTestWorld scenarioTestWorld) {
    return get(scenarioTestWorld, TASKS).path("items").path(0);
  }

  /** The order of each payment that was made. */
  private static List<String> payments(ScenarioTestWorld scenarioTestWorld) {
    return get(scenarioTestWorld, "/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString().equals("paid"))
        .map(payment -> payment.path("merchant_order_no").asString())
        .toList();
  }

  private static JsonNode get(ScenarioTestWorld scenarioTestWorld, String path) {
    return scenarioTestWorld
        .client()
        .get(scenarioTestWorld.target().at(path), scenarioTestWorld.target().keys().principal());
  }

  private static JsonNode post(
      ScenarioTestWorld scenarioTestWorld, String path, Map<String, ?> body) {
    return scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().at(path),
            scenarioTestWorld.target().keys().principal(),
            body);
  }
}
