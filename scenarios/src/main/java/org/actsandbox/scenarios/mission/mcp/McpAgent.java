package org.actsandbox.scenarios.mission.mcp;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives an agent an address that speaks MCP and its mission as a text, and nothing else: no key and
 * no address of the world. The world's agent signs what its tools do.
 *
 * @param reached how the agent is told: a command or an address
 */
public record McpAgent(MissionAgent reached) implements MissionAgent {

  @Override
  public String name() {
    return reached.name();
  }

  @Override
  public boolean isOutside() {
    return false;
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    try (var server = MissionMcpServer.of(new MissionMcp(session, _ -> {}))) {
      reached.perform(session.withBrief(brief(session, server)));
    }
  }

  private static ObjectNode brief(MissionSession session, MissionMcpServer server) {
    var whole = session.brief();
    var brief = Json.object().put("format", whole.path("format").asInt());
    brief.put("prompt", MissionPrompt.of(whole.path("wish")));
    for (var field : new String[] {"wish", "now", "seconds"}) {
      brief.set(field, whole.path(field));
    }
    brief.putObject("mcp").put("type", "http").put("url", server.address().toString());
    return brief;
  }
}
