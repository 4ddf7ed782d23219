package org.actsandbox.scenarios.mission.agent;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.scenarios.mission.model.Mission;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds one mission that is under way, as the side of the agent sees it.
 *
 * @param brief what the agent is given, {@code mission.json}: nothing of the end, and no key but
 *     its own
 * @param principalAddress where the agent can talk to its principal
 * @param principal hears what the agent says and answers; the same as the address does
 * @param target the world with all keys, only for the sandbox's own agent, which has a conversation
 *     with the principal in the world itself
 * @param limit how long the mission may take, in real time
 */
public record MissionSession(
    Mission mission,
    String language,
    ObjectNode brief,
    URI principalAddress,
    UnaryOperator<JsonNode> principal,
    TargetWorld target,
    OutboundClient outbound,
    Duration limit) {

  /** Says something to the principal and returns the answer, which may say nothing. */
  public JsonNode say(JsonNode message) {
    return principal.apply(message);
  }

  /** Returns the same mission with something else for the agent to read. */
  public MissionSession withBrief(ObjectNode other) {
    return new MissionSession(
        mission, language, other, principalAddress, principal, target, outbound, limit);
  }

  @Override
  public String toString() {
    return "MissionSession[" + mission.name() + "]";
  }
}
