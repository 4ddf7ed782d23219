package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultRequest;
import tools.jackson.databind.JsonNode;

/**
 * Simulates a principal who gives the agent a task, an authority and a sub-account, in a stopped
 * world.
 */
public final class TaskConversation {

  public static final String SENTENCE =
      "Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan";
  private static final String PIN = "246810";

  final DirectedConversation talk;
  private String account = "";
  private int topUps;

  TaskConversation() {
    this(false);
  }

  TaskConversation(boolean asksEvery) {
    this(
        new DirectedConversation(
            DirectedConversation.settings("20000.00", PriceTolerance.NONE, asksEvery)));
  }

  public TaskConversation(DirectedConversation talk) {
    this.talk = talk;
  }

  /** Asks for the task and confirms the authority. */
  public TaskConversation authorizes(String sentence) {
    talk.authorizes(sentence);
    return this;
  }

  /** Opens a sub-account once, adds money to it and tells the agent. */
  public TaskConversation funds(String yuan) {
    if (account.isEmpty()) {
      account =
          talk.post(
                  "/psp/sub-accounts",
                  Json.write(Map.of("agent_id", talk.world.agent().value(), "pin", PIN)))
              .path("sub_account_id")
              .asString();
    }
    talk.post(
        "/psp/sub-accounts/" + account + "/top-ups",
        Json.write(Map.of("request_id", "U-" + ++topUps, "amount", yuan, "pin", PIN)));
    return continues();
  }

  TaskConversation continues() {
    talk.post("/agents/demo-agent/tasks/" + task().path("task_id").asString() + "/continue", "{}");
    talk.rests();
    return this;
  }

  TaskConversation account(String how) {
    talk.post(
        "/psp/sub-accounts/" + account + "/" + how,
        how.equals("unfreeze") ? "{\"pin\": \"246810\"}" : "{}");
    return this;
  }

  JsonNode account() {
    return talk.get("/psp/sub-accounts/" + account);
  }

  TaskConversation passes(Duration time) {
    talk.passes(time);
    return this;
  }

  void authority(String how) {
    talk.post(
        "/delegations/iacs/" + task().path("delegation_id").asString() + "/" + how,
        how.equals("resume") ? "{\"pin\": \"246810\"}" : "{\"reason\": \"test\"}");
    talk.rests();
  }

  /** Arms a fault from the {@code after}-th request on. */
  TaskConversation fault(
      String name, String participant, String operation, long after, long count) {
    talk.world
        .faults()
        .add(new FaultRequest(name, participant, operation, null, after, count, null, null));
    return this;
  }

  JsonNode task() {
    return talk.get("/agents/demo-agent/tasks").path("items").path(0);
  }

  String state() {
    return task().path("state").asString();
  }

  String code() {
    return task().path("code").asString("");
  }

  JsonNode bill() {
    return task().path("bill");
  }

  List<String> sellers() {
    return bill()
        .path("items")
        .valueStream()
        .map(item -> item.path("merchant").asString())
        .toList();
  }

  public List<String> refused() {
    return task()
        .path("refused")
        .valueStream()
        .map(each -> each.path("by").asString() + ":" + each.path("error_id").asString())
        .toList();
  }

  String stateOf(String step) {
    return task()
        .path("steps")
        .valueStream()
        .filter(each -> each.path("key").asString().equals(step))
        .map(each -> each.path("state").asString())
        .findFirst()
        .orElse("none");
  }

  String report() {
    var answer =
        talk.server.get(
            talk.path("/agents/demo-agent/tasks/" + task().path("task_id").asString() + "/report"),
            bearer(talk.world.roleKey(Role.PRINCIPAL, null)));
    assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    return answer.text();
  }

  /** Returns the amount that the payment service has counted. */
  String spent() {
    if (bill().path("items").isEmpty()) {
      // The service keeps no count for an authority without payments.
      return "0.00";
    }
    return talk.get("/psp/delegations/" + task().path("delegation_id").asString())
        .path("spent")
        .asString();
  }

  public String authorityState() {
    return talk.get("/delegations/iacs/" + task().path("delegation_id").asString())
        .path("state")
        .asString();
  }

  /** Checks that the principal's money agrees with the bill, to the fen. */
  void moneyIsRight() {
    talk.ledgerIsEven();
    var paid =
        new BigDecimal(bill().path("total").asString())
            .subtract(new BigDecimal(bill().path("given_back").asString()));
    assertThat(new BigDecimal(spent())).isEqualByComparingTo(bill().path("total").asString());
    account("cancel");
    assertThat(account().path("balance").asString()).isEqualTo("0.00");
    var balance =
        talk.get("/psp/wallet")
            .path("accounts")
            .valueStream()
            .filter(each -> each.path("account").asString().equals("balance"))
            .map(each -> each.path("amount").asString())
            .findFirst()
            .orElseThrow();
    assertThat(new BigDecimal("20000.00").subtract(new BigDecimal(balance)))
        .isEqualByComparingTo(paid);
  }
}
