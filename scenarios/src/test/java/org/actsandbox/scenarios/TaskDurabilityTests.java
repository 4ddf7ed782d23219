package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A task (ACT L3) that {@code kill -9} cuts off goes on after the restart: no service is paid for
 * twice, and what is left on the sub-account is what was not spent.
 */
class TaskDurabilityTests {

  private static final String SENTENCE =
      "Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan";
  private static final String TASKS = "/agents/demo-agent/tasks";

  @TempDir Path data;

  /** Where it is cut off: while somebody is slow to answer, from a call of this kind on. */
  @ParameterizedTest
  @CsvSource({
    "sandbox-pay, POST /autonomous-payments, 1",
    "lingobee, POST /services/translate, 1",
    "sandbox-delegations, POST /iacs/*/revoke, 0"
  })
  void aTaskCutOffInTheMiddleGoesOnAndPaysForNothingTwice(
      String participant, String operation, int after) throws Exception {
    int port = KilledSandbox.freePort();
    Target target;
    String account;
    try (var server = KilledSandbox.start(data, port)) {
      var client = new SandboxClient(server.outbound());
      target = client.newWorld(server.origin(), null, Map.of());
      authorize(client, target);
      account = fund(client, target);
      var fault = fault(participant, operation, after);
      client.post(target.api("/faults"), target.keys().operator(), fault);
      go(client, target);
      await(() -> fired(client, target) > 0, "nobody was slow");
    }

    try (var server = KilledSandbox.start(data, port)) {
      var client = new SandboxClient(server.outbound());
      client.send("DELETE", target.api("/faults"), target.keys().operator(), null);
      // Past the lease of the step that was under way.
      client.post(target.api("/clock/advance"), target.keys().operator(), Map.of("by", "PT3M"));
      await(() -> !task(client, target).path("state").asString().equals("working"), "it hangs");

      var task = task(client, target);
      assertThat(task.path("state").asString()).as(task.toString()).isEqualTo("done");
      assertThat(task.at("/bill/total").asString()).isEqualTo("10.70");
      assertThat(payments(client, target)).hasSize(4);
      var orders = new HashSet<>(payments(client, target));
      assertThat(orders).hasSize(4);
      var purse = client.get(target.at("/psp/sub-accounts/" + account), target.keys().principal());
      assertThat(purse.path("balance").asString()).isEqualTo("9.30");
      var books = client.get(target.at("/psp/ledger/balance"), target.keys().operator());
      assertThat(new BigDecimal(books.path("sum").asString())).isZero();
      var authority =
          client.get(
              target.at("/delegations/iacs/" + task.path("delegation_id").asString()),
              target.keys().principal());
      assertThat(authority.path("state").asString()).isEqualTo("Revoked");
    }
  }

  private static void authorize(SandboxClient client, Target target) {
    var principal = target.keys().principal();
    var conversations = "/agents/demo-agent/conversations";
    var id =
        client
            .post(target.at(conversations), principal, Map.of())
            .path("conversation_id")
            .asString();
    client.post(
        target.at(conversations + "/" + id + "/messages"), principal, Map.of("text", SENTENCE));
    await(() -> !intents(client, target).isEmpty(), "no authority was asked for");
    var intent = intents(client, target).get(0).path("intent_id").asString();
    var page = target.at("/delegations/intents/" + intent + "/confirmation");
    var digest = client.get(page, principal).path("digest").asString();
    client.post(
        page, principal, Map.of("decision", "APPROVE", "digest", digest, "pin", Buyer.DEMO_PIN));
  }

  private static JsonNode intents(SandboxClient client, Target target) {
    return client.get(target.at("/delegations/intents"), target.keys().principal()).path("items");
  }

  private static String fund(SandboxClient client, Target target) {
    var principal = target.keys().principal();
    var opened =
        client.post(
            target.at("/psp/sub-accounts"),
            principal,
            Map.of("agent_id", "did:act:demo-agent", "pin", Buyer.DEMO_PIN));
    var id = opened.path("sub_account_id").asString();
    client.post(
        target.at("/psp/sub-accounts/" + id + "/top-ups"),
        principal,
        Map.of("request_id", "U-1", "amount", "20.00", "pin", Buyer.DEMO_PIN));
    return id;
  }

  private static void go(SandboxClient client, Target target) {
    var id = task(client, target).path("task_id").asString();
    client.post(target.at(TASKS + "/" + id + "/continue"), target.keys().principal(), Map.of());
  }

  private static JsonNode fault(String participant, String operation, int after) {
    var fault = Json.object().put("name", "delay").put("participant", participant);
    fault.put("operation", operation).put("after", after);
    fault.putObject("parameters").put("ms", Duration.ofSeconds(4).toMillis());
    return fault;
  }

  private static long fired(SandboxClient client, Target target) {
    return client
        .get(target.api("/faults"), target.keys().operator())
        .at("/items/0/fired")
        .asLong();
  }

  private static JsonNode task(SandboxClient client, Target target) {
    return client.get(target.at(TASKS), target.keys().principal()).path("items").path(0);
  }

  /** The order of each payment that was made. */
  private static List<String> payments(SandboxClient client, Target target) {
    return client
        .get(target.at("/psp/payments"), target.keys().principal())
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString().equals("paid"))
        .map(payment -> payment.path("merchant_order_no").asString())
        .toList();
  }

  private static void await(BooleanSupplier what, String otherwise) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
