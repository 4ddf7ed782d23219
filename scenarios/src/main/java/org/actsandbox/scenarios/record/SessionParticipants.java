package org.actsandbox.scenarios.record;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Knows the names that files use for the agents and principals of a recorded world.
 *
 * @param agent the name of the world's demo agent
 * @param others the names of the principals besides the first
 */
record SessionParticipants(String agent, Set<String> others) {

  /** The name that files use for the demo agent, which can have another name in the world. */
  static final String AGENT = "demo-agent";

  /**
   * Reads the participants from a view of the world.
   *
   * @param view the world as its operator sees it
   */
  static SessionParticipants of(JsonNode view) {
    var others = new HashSet<String>();
    view.path("principals").forEach(each -> others.add(each.path("name").asString()));
    return new SessionParticipants(
        RecordedExchange.name(view.at("/agent/agent_id").asString(AGENT)), others);
  }

  /** Tells whether the demo agent itself made the request, and not another program with its key. */
  boolean isOwn(RecordedExchange recordedExchange) {
    return recordedExchange.from().equals(agent) && recordedExchange.namesItsSender();
  }

  /** Returns the name that files use for an agent. */
  String name(String did) {
    var name = RecordedExchange.name(did);
    return name.equals(agent) ? AGENT : name;
  }

  /**
   * Returns the name of a principal in steps; empty for the first principal and for unknown DIDs.
   */
  String who(String did) {
    var name = RecordedExchange.name(did);
    return others.contains(name) ? name : "";
  }

  /** Returns the name that files use for the role key of a request; empty if it had none. */
  String key(RecordedExchange recordedExchange) {
    var role = recordedExchange.data().path("role").asString("");
    return switch (role) {
      case "principal", "operator" -> role;
      case "agent" ->
          recordedExchange.from().equals(agent) ? role : role + ":" + recordedExchange.from();
      case "merchant" -> role + ":" + recordedExchange.from();
      default -> "";
    };
  }
}
