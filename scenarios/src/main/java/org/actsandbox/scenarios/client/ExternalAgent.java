package org.actsandbox.scenarios.client;

import java.util.Map;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * An agent from outside the sandbox: it made its own key pair and registered the public half, as
 * any agent builder does.
 *
 * @param key its role key in the world
 * @param instrumentRef the payment instrument the principal bound to it
 */
public record ExternalAgent(
    String agentId, Ed25519KeyPair signer, String key, String instrumentRef) {

  public static ExternalAgent register(
      SandboxClient client, TargetWorld targetWorld, String name, byte[] seed) {
    var agentId = "did:act:" + name;
    var pair = new Ed25519KeyPair(agentId + "#key-1", seed);
    var wish = Json.object().put("name", name);
    wish.set("jwk", Json.parse(pair.publicKey().jwk()));
    var made = client.post(targetWorld.api("/agents"), targetWorld.keys().operator(), wish);
    var bound = bind(client, targetWorld, Map.of("agent_id", agentId, "account", "balance"));
    return new ExternalAgent(
        agentId, pair, made.path("key").asString(), bound.path("instrument_ref").asString());
  }

  /**
   * The principal asks for a binding, reads what it would consent to, and enters its PIN for it.
   */
  public static JsonNode bind(
      SandboxClient client, TargetWorld targetWorld, Map<String, String> wish) {
    var key = targetWorld.keys().principal();
    var asked = client.post(targetWorld.at("/psp/bindings"), key, wish);
    var decision = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    decision.set("digest", asked.path("digest"));
    var path = "/psp/bindings/" + asked.path("binding_id").asString() + "/confirmation";
    return client.post(targetWorld.at(path), key, decision);
  }

  /** Somebody who speaks for the demo agent, but has not its signing key. */
  public static ExternalAgent impersonated(TargetWorld targetWorld, String name, byte[] seed) {
    var agentId = "did:act:" + name;
    var pair = new Ed25519KeyPair(agentId + "#key-1", seed);
    return new ExternalAgent(agentId, pair, targetWorld.keys().agent(), "");
  }

  @Override
  public String toString() {
    return "ExternalAgent[" + agentId + "]";
  }
}
