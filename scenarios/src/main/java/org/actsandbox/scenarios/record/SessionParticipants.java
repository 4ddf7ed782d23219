package org.actsandbox.scenarios.record;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Who is whose in a world, for whoever reads its journal.
 *
 * @param agent name of the world's own buyer agent
 * @param others principals besides the first
 */
record SessionParticipants(String agent, Set<String> others) {

  /** How files call the world's own agent, whatever its name there. */
  static final String AGENT = "demo-agent";

  /**
   * @param view of the world, as its operator sees it
   */
  static SessionParticipants of(JsonNode view) {
    var others = new HashSet<String>();
    view.path("principals").forEach(each -> others.add(each.path("name").asString()));
    return new SessionParticipants(
        RecordedExchange.name(view.at("/agent/agent_id").asString(AGENT)), others);
  }

  /** Done by the agent at work; else somebody used its key. */
  boolean isOwn(RecordedExchange recordedExchange) {
    return recordedExchange.from().equals(agent) && recordedExchange.saysItsSender();
  }

  /** As files call an agent. */
  String name(String did) {
    var name = RecordedExchange.name(did);
    return name.equals(agent) ? AGENT : name;
  }

  /** The name of a principal in steps, the first one's being empty; empty for strangers. */
  String who(String did) {
    var name = RecordedExchange.name(did);
    return others.contains(name) ? name : "";
  }

  /** The key of a request, as files call it; empty for none. */
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
