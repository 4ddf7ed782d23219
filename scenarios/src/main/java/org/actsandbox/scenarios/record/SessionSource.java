package org.actsandbox.scenarios.record;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what happened in a world: over HTTP, or within the server that has the world. */
public interface SessionSource {

  /**
   * Returns every entry of the journal in the form of the API, oldest first.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code limit_exceeded} if there are too many
   */
  List<JsonNode> journal();

  /**
   * Returns the events of a conversation in the form of the API, at least those that end a turn or
   * wait for the principal.
   *
   * @param principal name of the principal whose conversation it is
   */
  List<JsonNode> events(String principal, String conversation);
}
