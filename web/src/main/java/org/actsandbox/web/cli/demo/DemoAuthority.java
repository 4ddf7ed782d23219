package org.actsandbox.web.cli.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the principal decide in a terminal about a requested authority, and reads what was done
 * under it.
 */
final class DemoAuthority {

  private static final int NOT_FOUND = 404;

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final Terminal terminal;
  private final boolean yes;
  private JsonNode request = Json.object();
  private String delegationId = "";

  DemoAuthority(TargetWorld targetWorld, SandboxClient client, Terminal terminal, boolean yes) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.terminal = terminal;
    this.yes = yes;
  }

  void setRequest(JsonNode data) {
    request = data;
  }

  void setDelegation(String id) {
    if (!id.isEmpty()) {
      delegationId = id;
    }
  }

  boolean isRequested() {
    return request.path("status").asString("").equals("waiting");
  }

  /** Returns what the authority is for, in the form of the {@code plan} event. */
  JsonNode plan(String sentence) {
    var plan = Json.object().put("intent_id", request.path("intent_id").asString());
    var tasks = plan.putArray("plan");
    var shown = client.get(confirmation(), targetWorld.keys().principal());
    shown
        .path("content")
        .path("payload")
        .path("ext")
        .path("commerce")
        .path("allowed_categories")
        .forEach(kind -> tasks.addObject().put("kind", kind.asString()).put("want", sentence));
    return plan;
  }

  /** Shows what will be signed and sends the PIN; returns false if the authority was declined. */
  boolean decide() {
    var shown = client.get(confirmation(), targetWorld.keys().principal());
    terminal.say("l2.confirm");
    request.path("summary").forEach(line -> terminal.print("  · " + line.asString()));
    var digest = shown.path("digest").asString();
    while (true) {
      var pin = yes ? DemoCashier.DEMO_PIN : terminal.askSecret(terminal.text("pin"));
      if (pin == null || pin.isBlank()) {
        decide(Map.of("decision", "DECLINE", "digest", digest));
        return false;
      }
      try {
        var decided = decide(Map.of("decision", "APPROVE", "digest", digest, "pin", pin.strip()));
        setDelegation(decided.path("delegation_id").asString(""));
        terminal.say("l2.authorized", delegationId);
        return true;
      } catch (UnexpectedReply refused) {
        terminal.print(refused.detail());
        if (yes || !refused.code().equals("pin_wrong")) {
          return false;
        }
      }
    }
  }

  private JsonNode decide(Map<String, String> answer) {
    return client.post(confirmation(), targetWorld.keys().principal(), answer);
  }

  /**
   * Adds the authority, and what was paid and refused under it, to the output of {@code --json}.
   */
  ObjectNode addTo(ObjectNode json, DemoJournal journal) {
    if (delegationId.isEmpty()) {
      json.put("delegation_id", "").put("delegation_mode", "").put("iac_state", "");
      json.putArray("payments");
      json.putArray("refused");
      json.putObject("budget");
      return json;
    }
    var principal = targetWorld.keys().principal();
    var delegation = client.get(targetWorld.at("/delegations/iacs/" + delegationId), principal);
    json.put("delegation_id", delegationId);
    json.set("delegation_mode", delegation.path("mode"));
    json.set("iac_state", delegation.path("state"));
    var payments = json.putArray("payments");
    allPayments().stream()
        .filter(payment -> payment.path("approval").isObject())
        .forEach(payment -> payments.add(payment(payment)));
    json.set("refused", journal.refused(delegationId));
    json.set("budget", budget(delegation.path("payload")));
    return json;
  }

  /** Returns all payments under the authority, oldest first. */
  private List<JsonNode> allPayments() {
    var newestFirst = new ArrayList<JsonNode>();
    var from = "";
    do {
      var page =
          client.get(
              targetWorld.at("/psp/payments?delegation_id=" + delegationId + from),
              targetWorld.keys().principal());
      page.path("items").forEach(newestFirst::add);
      var next = page.path("next").asString("");
      from = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!from.isEmpty());
    return newestFirst.reversed();
  }

  private static ObjectNode payment(JsonNode payment) {
    return Json.object()
        .put("merchant", DemoJournal.name(payment.path("payee").asString()))
        .put("order_no", payment.path("merchant_order_no").asString())
        .put("trade_no", payment.path("trade_no").asString())
        .put("amount", payment.path("amount").asString())
        .put("currency", payment.path("currency").asString())
        .put("at", payment.path("approval").path("at").asString());
  }

  private ObjectNode budget(JsonNode payload) {
    try {
      var sums =
          client.get(
              targetWorld.at("/psp/delegations/" + delegationId), targetWorld.keys().principal());
      return Json.object()
          .put("total", sums.path("total").asString())
          .put("spent", sums.path("spent").asString())
          .put("left", sums.path("left").asString())
          .put("currency", sums.path("currency").asString());
    } catch (UnexpectedReply nothingPaid) {
      if (nothingPaid.status() != NOT_FOUND) {
        throw nothingPaid;
      }
      var total = payload.path("max_total_amount").decimalValue().setScale(2).toPlainString();
      return Json.object()
          .put("total", total)
          .put("spent", "0.00")
          .put("left", total)
          .put("currency", payload.path("currency").asString());
    }
  }

  private java.net.URI confirmation() {
    return targetWorld.at(
        "/delegations/intents/" + request.path("intent_id").asString() + "/confirmation");
  }
}
