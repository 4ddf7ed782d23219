package org.actsandbox.merchants.a2a;

import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Defines the messages and errors of JSON-RPC 2.0, with the errors that A2A adds. */
public final class JsonRpc {

  static final String VERSION = "2.0";

  /** Ours: messages to a merchant are short, and an unlimited one could fill the memory. */
  static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_ID = 256;

  private JsonRpc() {}

  /**
   * Represents a request or a notification.
   *
   * @param id absent in a notification, which gets no answer
   */
  public record Request(
      String jsonrpc, @Nullable JsonNode id, String method, @Nullable JsonNode params) {}

  /** Represents an answer, which has either a result or an error. */
  public record Response(
      String jsonrpc, JsonNode id, @Nullable JsonNode result, @Nullable ErrorObject error) {}

  record ErrorObject(int code, String message, @Nullable JsonNode data) {}

  /** Lists the error codes of JSON-RPC 2.0, section 5.1, and of A2A. */
  enum Code {
    PARSE_ERROR(-32700, "The body is not JSON"),
    INVALID_REQUEST(-32600, "The body is not a JSON-RPC 2.0 request"),
    METHOD_NOT_FOUND(-32601, "There is no such method"),
    INVALID_PARAMS(-32602, "The parameters do not fit the method"),
    TASK_NOT_FOUND(-32001, "This agent keeps no tasks"),
    PUSH_NOT_SUPPORTED(-32003, "This agent sends no push notifications"),
    UNSUPPORTED_OPERATION(-32004, "This agent does not do that"),
    NO_EXTENDED_CARD(-32007, "This agent has one card, and it is public"),
    VERSION_NOT_SUPPORTED(-32009, "This agent does not speak that version of A2A");

    private final int number;
    private final String message;

    Code(int number, String message) {
      this.number = number;
      this.message = message;
    }
  }

  /** Says why a request fails; the answer carries it as its error object. */
  static final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String expected;

    Failure(Code code, String expected) {
      super(code.message + ": " + expected, null, false, false);
      this.code = code;
      this.expected = expected;
    }

    ErrorObject asObject() {
      return new ErrorObject(code.number, code.message, Json.object().put("expected", expected));
    }
  }

  /**
   * Parses the body of a request.
   *
   * @throws Failure {@code PARSE_ERROR} or {@code INVALID_REQUEST}
   */
  static ObjectNode parse(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw new Failure(Code.INVALID_REQUEST, "at most " + MAX_BYTES + " bytes");
    }
    if (body.length == 0) {
      throw new Failure(Code.PARSE_ERROR, "one JSON object");
    }
    try {
      if (Json.parse(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      throw new Failure(Code.PARSE_ERROR, "one JSON object in UTF-8, no member twice");
    }
    throw new Failure(Code.INVALID_REQUEST, "one object, for A2A has no batches");
  }

  /** Returns the id that the answer repeats; JSON null if the request has none that can be used. */
  static JsonNode id(ObjectNode request) {
    var id = request.path("id");
    boolean usable =
        id.isIntegralNumber() || (id.isString() && id.stringValue().length() <= MAX_ID);
    return usable ? id : NullNode.getInstance();
  }

  /**
   * Checks the form of the request and returns its method.
   *
   * @throws Failure {@code INVALID_REQUEST}
   */
  static String method(ObjectNode request) {
    if (!request.path("jsonrpc").asString("").equals(VERSION)) {
      throw new Failure(Code.INVALID_REQUEST, "jsonrpc: \"2.0\"");
    }
    var id = request.path("id");
    if (!id.isMissingNode() && !id.isNull() && id(request).isNull()) {
      throw new Failure(
          Code.INVALID_REQUEST, "id: a whole number, or a text of at most " + MAX_ID + " letters");
    }
    if (!request.path("method").isString()) {
      throw new Failure(Code.INVALID_REQUEST, "method: a text");
    }
    var params = request.path("params");
    if (!params.isMissingNode() && !params.isObject()) {
      throw new Failure(Code.INVALID_REQUEST, "params: an object");
    }
    return request.path("method").stringValue();
  }
}
