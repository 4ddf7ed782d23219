package org.actsandbox.scenarios.mission.agent;

import java.net.URI;
import java.util.Map;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;

/**
 * Reaches an agent that listens at an address: it takes the mission in the body of a POST and
 * answers with any 2xx when it is done.
 */
public record UrlAgent(String name, URI address, OutboundClient agentOutbound)
    implements MissionAgent {

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    try {
      var answer =
          agentOutbound.send(
              new OutboundClient.Call(
                  "POST",
                  address,
                  Map.of("Content-Type", "application/json"),
                  Json.bytes(session.brief()),
                  session.limit()));
      if (Thread.interrupted()) {
        throw new InterruptedException("the time is over");
      }
      if (!answer.isSuccess()) {
        throw new AgentFailure("the agent answered " + answer.status(), null);
      }
    } catch (NoAnswerException silent) {
      throw new AgentFailure("the agent at " + address + " did not answer", silent);
    }
  }
}
