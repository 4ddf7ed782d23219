package org.actsandbox.sandbox.mcp.message;

import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents the answer to a message.
 *
 * @param status HTTP status
 * @param body null for an answer without one
 * @param sessionId of a session that begins with this answer; null otherwise
 */
public record McpReply(int status, @Nullable ObjectNode body, @Nullable String sessionId) {

  /** The answer to notifications and responses. */
  public static final McpReply ACCEPTED = new McpReply(202, null, null);

  public static McpReply result(JsonNode id, ObjectNode result) {
    var body = Json.object().put("jsonrpc", "2.0");
    body.set("id", id);
    body.set("result", result);
    return new McpReply(200, body, null);
  }

  public static McpReply failure(@Nullable JsonNode id, McpFailure failure) {
    var body = Json.object().put("jsonrpc", "2.0");
    body.set("id", id == null ? NullNode.getInstance() : id);
    body.set("error", failure.error());
    return new McpReply(failure.status(), body, null);
  }

  public McpReply inSession(String id) {
    return new McpReply(status, body, id);
  }
}
