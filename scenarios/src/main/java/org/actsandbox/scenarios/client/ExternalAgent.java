package org.actsandbox.scenarios.client;

import java.util.Map;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;

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
      SandboxClient client, Target target, String name, byte[] seed) {
    var agentId = "did:act:" + name;
    var pair = new Ed25519KeyPair(agentId + "#key-1", seed);
    var wish = Json.object().put("name", name);
    wish.set("jwk", Json.parse(pair.publicKey().jwk()));
    var made = client.post(target.api("/agents"), target.keys().operator(), wish);
    var binding = Map.of("agent_id", agentId, "account", "balance", "pin", Buyer.DEMO_PIN);
    var bound = client.post(target.at("/psp/bindings"), target.keys().principal(), binding);
    return new ExternalAgent(
        agentId, pair, made.path("key").asString(), bound.path("instrument_ref").asString());
  }

  /** Somebody who speaks for the demo agent, but has not its signing key. */
  public static ExternalAgent impersonated(Target target, String name, byte[] seed) {
    var agentId = "did:act:" + name;
    var pair = new Ed25519KeyPair(agentId + "#key-1", seed);
    return new ExternalAgent(agentId, pair, target.keys().agent(), "");
  }

  @Override
  public String toString() {
    return "ExternalAgent[" + agentId + "]";
  }
}
