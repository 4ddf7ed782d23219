package org.actsandbox.sandbox.mcp.message;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says why a message gets an error of the protocol instead of a result. */
public final class McpFailure extends RuntimeException {

  /** The headers of revision 2026-07-28 differ from the body, or one is missing. */
  public static final int HEADER_MISMATCH = -32020;

  public static final int UNSUPPORTED_VERSION = -32022;

  /** Ours, of the range that the protocol leaves to implementations: too many requests. */
  public static final int TOO_MANY_REQUESTS = -32001;

  private static final long serialVersionUID = 1L;

  private final int code;
  private final int status;
  private final transient @Nullable JsonNode data;

  public McpFailure(int code, int status, String message, @Nullable JsonNode data) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.data = data;
  }

  public static McpFailure invalidRequest(String message) {
    return new McpFailure(ErrorCodes.INVALID_REQUEST, 400, message, null);
  }

  /** Says that the parameters do not fit the method. */
  public static McpFailure invalidParams(int status, String message) {
    return new McpFailure(ErrorCodes.INVALID_PARAMS, status, message, null);
  }

  public int status() {
    return status;
  }

  /** Returns the error object of the answer. */
  public ObjectNode error() {
    var error = Json.object().put("code", code).put("message", String.valueOf(getMessage()));
    if (data != null) {
      error.set("data", data);
    }
    return error;
  }
}
