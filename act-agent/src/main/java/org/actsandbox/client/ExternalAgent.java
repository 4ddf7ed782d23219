package org.actsandbox.client;

import java.util.Map;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Represents an agent from outside the sandbox: it made its own key pair and registered the public
 * key, as any agent builder does.
 *
 * @param key the agent's role key in the world
 * @param instrumentRef the payment instrument that the principal bound to the agent
 */
public record ExternalAgent(
    String agentId, Ed25519KeyPair signer, String key, String instrumentRef) {

  public static ExternalAgent register(
      SandboxClient client, TargetWorld targetWorld, String name, byte[] seed) {
    var agentId = "did:act:" + name;
    var pair = new Ed25519KeyPair(agentId + "#key-1", seed);
    var request = Json.object().put("name", name);
    request.set("jwk", Json.parse(pair.publicKey().jwk()));
    var registered =
        client.post(targetWorld.api("/agents"), targetWorld.keys().operator(), request);
    var bound = bind(client, targetWorld, Map.of("agent_id", agentId, "account", "balance"));
    return new ExternalAgent(
        agentId, pair, registered.path("key").asString(), bound.path("instrument_ref").asString());
  }

  /**
   * Binds an instrument with the principal's key: requests the binding, reads the content and
   * confirms it with the demo PIN.
   */
  public static JsonNode bind(
      SandboxClient client, TargetWorld targetWorld, Map<String, String> request) {
    var key = targetWorld.keys().principal();
    var requested = client.post(targetWorld.at("/psp/bindings"), key, request);
    var decision = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    decision.set("digest", requested.path("digest"));
    var path = "/psp/bindings/" + requested.path("binding_id").asString() + "/confirmation";
    return client.post(targetWorld.at(path), key, decision);
  }

  /** Creates an impostor: it has the demo agent's role key and id, but not its signing key. */
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
