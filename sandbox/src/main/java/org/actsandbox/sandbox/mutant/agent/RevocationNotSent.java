package org.actsandbox.sandbox.mutant.agent;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/** What would give an authority back is never sent; the agent believes that it was. */
record RevocationNotSent() implements AgentDefect {

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var service = honest.delegations().at("/iacs/").toString();
    OutboundClient sent = honest.outbound();
    return honest.withOutbound(
        call -> {
          var target = call.target().toString();
          boolean givesBack = target.startsWith(service) && target.endsWith("/revoke");
          return givesBack ? accepted() : sent.send(call);
        });
  }

  private static OutboundClient.Answer accepted() {
    return new OutboundClient.Answer(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
  }
}
