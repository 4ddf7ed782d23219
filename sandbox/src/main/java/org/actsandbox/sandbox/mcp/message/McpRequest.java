package org.actsandbox.sandbox.mcp.message;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents a message from a client.
 *
 * @param id absent in a notification and in a response, which get no answer
 * @param method empty in a response to the server
 */
public record McpRequest(@Nullable JsonNode id, String method, ObjectNode params) {

  /** Ours: the longest text that is repeated in the answer as its id. */
  private static final int MAX_ID = 256;

  private static final String META = "_meta";
  private static final String META_PREFIX = "io.modelcontextprotocol/";

  /**
   * Parses a body.
   *
   * @throws McpFailure {@code PARSE_ERROR} or {@code INVALID_REQUEST}
   */
  public static McpRequest parse(byte[] body) {
    if (!(tree(body) instanceof ObjectNode message)) {
      throw McpFailure.invalidRequest("Send one JSON-RPC message; there are no batches.");
    }
    if (!message.path("jsonrpc").asString("").equals("2.0")) {
      throw McpFailure.invalidRequest("jsonrpc must be \"2.0\".");
    }
    var id = message.get("id");
    if (id != null && !isId(id)) {
      throw McpFailure.invalidRequest(
          "id must be a whole number, or a text of at most " + MAX_ID + " characters.");
    }
    var method = message.path("method");
    if (!method.isString()) {
      if (id != null && (message.has("result") || message.has("error"))) {
        return new McpRequest(null, "", Json.object());
      }
      throw McpFailure.invalidRequest("method must be a text.");
    }
    var params = message.get("params");
    if (params != null && !params.isObject()) {
      throw McpFailure.invalidRequest("params must be an object.");
    }
    return new McpRequest(
        id, method.stringValue(), params == null ? Json.object() : (ObjectNode) params);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JacksonException notJson) {
      throw new McpFailure(
          ErrorCodes.PARSE_ERROR,
          400,
          "The body is not JSON in UTF-8 within the limits: " + Json.LIMITS + ", no key twice.",
          null);
    }
  }

  /** Returns the id of a body that is refused, so that the answer can repeat it. */
  public static @Nullable JsonNode idOf(byte[] body) {
    try {
      var id = Json.parse(body).get("id");
      return id != null && isId(id) ? id : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private static boolean isId(JsonNode id) {
    return id.isIntegralNumber() || (id.isString() && id.stringValue().length() <= MAX_ID);
  }

  /** Says whether the message is a request, which gets an answer. */
  public boolean isCall() {
    return id != null && !method.isEmpty();
  }

  /** Returns a field of the request's metadata; a missing node if there is none. */
  public JsonNode meta(String name) {
    return params.path(META).path(META_PREFIX + name);
  }
}
