package org.actsandbox.web.console.glassbox;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Is one event of a conversation, as the agent's HTTP API sends it. */
record AgentEvent(long seq, Instant at, String type, JsonNode data) {

  String text(String field) {
    return data.path(field).asString("");
  }
}
