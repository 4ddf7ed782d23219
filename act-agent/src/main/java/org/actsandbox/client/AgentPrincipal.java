package org.actsandbox.client;

import java.util.Map;
import java.util.UUID;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for the person behind an agent, in tests and demonstrations. A person does all of this
 * in the console. An agent must never have this key or the PIN.
 */
public final class AgentPrincipal {

  private final SandboxClient client;
  private final TargetWorld world;
  private final String pin;

  /** Creates the principal whose key the world's keys name first, with the PIN of every world. */
  public AgentPrincipal(SandboxClient client, TargetWorld world) {
    this(client, world, PurchaseClient.DEMO_PIN);
  }

  public AgentPrincipal(SandboxClient client, TargetWorld world, String pin) {
    this.client = client;
    this.world = world;
    this.pin = pin;
  }

  /**
   * Binds an account to an agent (PSD-1) and returns the reference that the agent pays with.
   *
   * @param account balance | card
   */
  public String bind(String agentId, String account) {
    var shown =
        post(
            "/psp/bindings",
            Map.of("request_id", newId("B"), "agent_id", agentId, "account", account));
    var path = "/psp/bindings/" + shown.path("binding_id").asString() + "/confirmation";
    return post(path, approval(shown)).path("instrument_ref").asString();
  }

  /** Approves what the cashier shows (PSD-3). */
  public JsonNode approvePayment(String tradeNo) {
    return decide("/psp/payments/" + tradeNo + "/approval");
  }

  /** Confirms what the agent asked to be allowed (ADD-3) and returns the delegation id. */
  public String giveAuthority(String intentId) {
    return decide("/delegations/intents/" + intentId + "/confirmation")
        .path("delegation_id")
        .asString();
  }

  /** Opens a sub-account for an agent, moves money to it (PSD-2) and returns its id. */
  public String openSubAccount(String agentId, String amount) {
    var opening = Map.of("request_id", newId("S"), "agent_id", agentId, "pin", pin);
    var account = post("/psp/sub-accounts", opening).path("sub_account_id").asString();
    post(
        "/psp/sub-accounts/" + account + "/top-ups",
        Map.of("request_id", newId("U"), "amount", amount, "pin", pin));
    return account;
  }

  private JsonNode decide(String path) {
    return post(path, approval(client.get(world.at(path), world.keys().principal())));
  }

  private ObjectNode approval(JsonNode shown) {
    var decision = Json.object().put("decision", "APPROVE").put("pin", pin);
    decision.set("digest", shown.path("digest"));
    return decision;
  }

  private JsonNode post(String path, Object body) {
    return client.post(world.at(path), world.keys().principal(), body);
  }

  private static String newId(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }
}
