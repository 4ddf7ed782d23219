package org.actsandbox.sandbox.mcp;

import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;

/** Decides as the first principal does, with the PIN that no agent has. */
record TestPrincipal(SandboxServer server, World world) {

  void approve(String tradeNo) {
    decide("/psp/payments/" + tradeNo + "/approval");
  }

  void authorize(String intentId) {
    decide("/delegations/intents/" + intentId + "/confirmation");
  }

  private void decide(String path) {
    var key = SandboxServer.bearer(world.roleKey(Role.PRINCIPAL, null));
    var address = "/w/" + world.name() + path;
    var digest = server.get(address, key).json().path("digest").asString();
    var decision =
        Json.write(Map.of("decision", "APPROVE", "digest", digest, "pin", World.OPENING_PIN));
    var decided = server.post(address, decision, key);
    if (decided.status() != 200) {
      throw new AssertionError(decided.text());
    }
  }
}
