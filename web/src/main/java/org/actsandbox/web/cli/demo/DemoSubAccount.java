package org.actsandbox.web.cli.demo;

import java.util.Map;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens, funds and closes the agent's sub-account (ACT PSD-2) for the principal in a terminal. */
final class DemoSubAccount {

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final Terminal terminal;
  private final boolean yes;
  private String id = "";
  private String leftOver = "";

  DemoSubAccount(TargetWorld targetWorld, SandboxClient client, Terminal terminal, boolean yes) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.terminal = terminal;
    this.yes = yes;
  }

  boolean isOpen() {
    return !id.isEmpty();
  }

  /**
   * Opens the sub-account and tops it up; returns false if the principal declines.
   *
   * @param request the data of the agent's {@code sub_account_request}
   */
  boolean open(JsonNode request) {
    var amount = Money.of(request.path("amount").asString(), "CNY").decimal();
    terminal.say("l3.fund", DemoAmount.yuan(amount));
    while (true) {
      var pin = yes ? DemoCashier.DEMO_PIN : terminal.askSecret(terminal.text("pin"));
      if (pin == null || pin.isBlank()) {
        return false;
      }
      try {
        open(request.path("agent_id").asString(), amount, pin.strip());
        terminal.say("l3.funded", id, DemoAmount.yuan(amount));
        return true;
      } catch (UnexpectedReply refused) {
        terminal.print(refused.detail());
        if (yes || !refused.code().equals("pin_wrong")) {
          return false;
        }
      }
    }
  }

  private void open(String agent, String amount, String pin) {
    if (id.isEmpty()) {
      id = post("", Map.of("agent_id", agent, "pin", pin)).path("sub_account_id").asString();
    }
    post("/" + id + "/top-ups", Map.of("request_id", "U-" + id, "amount", amount, "pin", pin));
  }

  /**
   * Cancels the sub-account: the rest of the money goes back to the principal's balance, and the
   * agent's key becomes invalid.
   */
  void close() {
    leftOver =
        client
            .get(targetWorld.at("/psp/sub-accounts/" + id), targetWorld.keys().principal())
            .path("balance")
            .asString();
    post("/" + id + "/cancel", Map.of());
    terminal.say("l3.closed", id, DemoAmount.yuan(leftOver));
  }

  ObjectNode addTo(ObjectNode json) {
    json.set(
        "sub_account",
        id.isEmpty()
            ? Json.object()
            : Json.object().put("sub_account_id", id).put("given_back", leftOver));
    return json;
  }

  private JsonNode post(String path, Object body) {
    return client.post(
        targetWorld.at("/psp/sub-accounts" + path), targetWorld.keys().principal(), body);
  }
}
