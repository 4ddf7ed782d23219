package org.actsandbox.sandbox.mutant.agent;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/**
 * A defect of the agent: it never sends the request that gives an authority back, and believes that
 * it did.
 */
record RevocationNotSent() implements AgentDefect {

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var service = honest.delegations().at("/iacs/").toString();
    OutboundClient honestClient = honest.outbound();
    return honest.withOutbound(
        call -> {
          var target = call.target().toString();
          boolean isRevocation = target.startsWith(service) && target.endsWith("/revoke");
          return isRevocation ? accepted() : honestClient.send(call);
        });
  }

  private static OutboundClient.Answer accepted() {
    return new OutboundClient.Answer(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
  }
}
