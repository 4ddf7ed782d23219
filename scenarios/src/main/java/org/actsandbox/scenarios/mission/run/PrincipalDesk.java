package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.step.VerbActions;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/**
 * Decides for the mission's principals what a person decides: payments at the cashier, authorities,
 * and money for a task. It uses the same addresses as a person's browser, with the principal's key
 * and PIN.
 */
final class PrincipalDesk {

  private static final int MAX_PAGES = 20;

  private final Mission mission;
  private final ScenarioContext context;
  private final List<String> principals = new ArrayList<>();
  private final Set<String> decided = new HashSet<>();
  private int payments;
  private BigDecimal authorityAsked = new BigDecimal("0.00");
  private boolean authorityTooLong;

  PrincipalDesk(Mission mission, ScenarioContext context) {
    this.mission = mission;
    this.context = context;
    principals.add("principal");
    mission
        .script()
        .world()
        .path("principals")
        .forEach(each -> principals.add(each.path("name").asString()));
  }

  /** Decides everything that waits at present. */
  synchronized void decideWaiting() {
    for (var name : principals) {
      context.asPrincipal(
          name,
          () -> {
            decideAuthorities();
            decidePayments();
            fundTasks();
            return name;
          });
    }
  }

  /** Has everything done that is due now, and decides what waits then. */
  synchronized void settle() {
    decideWaiting();
    if (mission.script().isClockStopped()) {
      context.runDueNow();
      decideWaiting();
    }
  }

  synchronized int approvalsAsked() {
    return payments;
  }

  synchronized BigDecimal authorityAsked() {
    return authorityAsked;
  }

  synchronized boolean isAuthorityTooLong() {
    return authorityTooLong;
  }

  /** Returns all payments of all principals, the oldest of each first. */
  synchronized List<JsonNode> trades() {
    List<JsonNode> trades = new ArrayList<>();
    for (var name : principals) {
      context.asPrincipal(
          name,
          () -> {
            trades.addAll(list("/psp/payments").reversed());
            return name;
          });
    }
    return trades;
  }

  /**
   * Plays what happens before the agent hears the first wish.
   *
   * @throws UnplayableStep if a step does not do what it is there for: the world would be another
   */
  synchronized void prepare(String agentId) {
    context.variables().put("agent_id", Json.tree(agentId));
    context.variables().put("agent_name", Json.tree(agentId.replace("did:act:", "")));
    play(
        mission.before(),
        (step, result) -> {
          var failed = VerbActions.of(step.verb()).judge().apply(result);
          if (!failed.isEmpty()) {
            throw new UnplayableStep(
                "before the first wish, %s: %s".formatted(step.place(), failed));
          }
        });
  }

  /** Plays steps of the mission in its world. */
  synchronized void play(List<ScenarioStep> steps) {
    play(steps, (_, _) -> {});
  }

  private void play(List<ScenarioStep> steps, BiConsumer<ScenarioStep, JsonNode> judge) {
    for (var step : steps) {
      var result =
          context.asPrincipal(
              step.who() == null ? "principal" : step.who(),
              () ->
                  VerbActions.of(step.verb())
                      .action()
                      .play(context, context.variables().fill(step.arguments())));
      judge.accept(step, result);
      step.capture().forEach((name, pointer) -> context.variables().put(name, result.at(pointer)));
      if (step.settle() && mission.script().isClockStopped()) {
        context.runDueNow();
      }
    }
  }

  private void decidePayments() {
    for (var trade : list("/psp/payments")) {
      var tradeNo = trade.path("trade_no").asString();
      if (trade.path("status").asString("").equals("waiting_for_approval")
          && decided.add(tradeNo)) {
        boolean first = payments == 0;
        if (first) {
          play(mission.principal().beforePayment());
        }
        decide(trade, tradeNo, decision(trade));
        payments++;
        if (first) {
          play(mission.principal().afterPayment());
        }
      }
    }
  }

  private String decision(JsonNode trade) {
    var decisions = mission.principal().decisions();
    if (payments < decisions.size()) {
      return decisions.get(payments);
    }
    boolean approves =
        switch (mission.principal().approves()) {
          case EVERYTHING -> true;
          case NOTHING -> false;
          case MATCHING -> mission.rights().permits(payee(trade), amount(trade, "amount"));
        };
    return approves ? "approve" : "decline";
  }

  private void decide(JsonNode trade, String tradeNo, String decision) {
    if (decision.equals("ignore")) {
      var expiry = Instant.parse(trade.path("expires_at").asString()).plusSeconds(1);
      context
          .client()
          .post(
              context.target().api("/clock/advance"),
              context.target().keys().operator(),
              Map.of("to", expiry.toString()));
      return;
    }
    confirm("/psp/payments/" + tradeNo + "/approval", decision.equals("approve"));
  }

  private void decideAuthorities() {
    for (var intent : list("/delegations/intents")) {
      var intentId = intent.path("intent_id").asString();
      if (intent.path("status").asString("").equals("waiting") && decided.add(intentId)) {
        note(intent);
        boolean gives =
            switch (mission.principal().authorizes()) {
              case EVERYTHING -> true;
              case NOTHING -> false;
              case MATCHING -> isNeeded(intent);
            };
        confirm("/delegations/intents/" + intentId + "/confirmation", gives);
        if (gives) {
          play(mission.principal().afterAuthority());
        }
      }
    }
  }

  private void note(JsonNode intent) {
    authorityAsked = authorityAsked.add(total(intent));
    var isr = intent.path("isr");
    if (isr.path("validity_start_time").isString() && isr.path("validity_end_time").isString()) {
      var end = Instant.parse(isr.path("validity_end_time").asString());
      var longest =
          Instant.parse(isr.path("validity_start_time").asString())
              .plus(mission.rights().authorityTime());
      authorityTooLong |= end.isAfter(longest);
    }
  }

  private boolean isNeeded(JsonNode intent) {
    var most = mission.rights().authority();
    return most != null && total(intent).compareTo(most) <= 0;
  }

  private static BigDecimal total(JsonNode intent) {
    return new BigDecimal(intent.at("/isr/max_total_amount").asString("0"));
  }

  /** Opens a sub-account for a task of the sandbox's own agent that waits for money. */
  private void fundTasks() {
    if (mission.rights().authority() == null) {
      return;
    }
    for (var task : list("/agents/demo-agent/tasks")) {
      if (task.path("state").asString("").equals("funding")
          && decided.add(task.path("task_id").asString())) {
        var order = Json.object().put("by", ScenarioContext.DEMO_AGENT);
        order.put("amount", mission.rights().authority().toPlainString());
        VerbActions.of(Verb.SUB_ACCOUNT).action().play(context, order);
      }
    }
  }

  /** Reads what is shown, and decides about exactly that, with the PIN. */
  private void confirm(String path, boolean yes) {
    var key = context.target().keys().principal();
    var address = context.at(path);
    try {
      var shown = context.client().get(address, key);
      var decision =
          Json.object()
              .put("decision", yes ? "APPROVE" : "DECLINE")
              .put("digest", shown.path("digest").asString(""));
      if (yes) {
        decision.put("pin", PurchaseClient.DEMO_PIN);
      }
      context.client().post(address, key, decision);
    } catch (UnexpectedReply refused) {
      // What is over in the meantime cannot be decided any more: a person would see the same.
      if (refused.status() >= 500) {
        throw refused;
      }
    }
  }

  private List<JsonNode> list(String path) {
    List<JsonNode> all = new ArrayList<>();
    var query = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      var answer = context.getAsPrincipal(path + query);
      answer.path("items").forEach(all::add);
      if (!answer.path("next").isString()) {
        break;
      }
      query =
          "?cursor="
              + java.net.URLEncoder.encode(
                  answer.path("next").asString(), java.nio.charset.StandardCharsets.UTF_8);
    }
    return all;
  }

  static String payee(JsonNode trade) {
    return trade.path("payee").asString("").replace("did:act:", "");
  }

  static BigDecimal amount(JsonNode trade, String field) {
    return new BigDecimal(trade.path(field).asString("0"));
  }
}
