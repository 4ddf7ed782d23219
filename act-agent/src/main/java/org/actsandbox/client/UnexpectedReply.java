package org.actsandbox.client;

import java.net.URI;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says that the target answered with an error; the message is the target's own, ready to show. */
public final class UnexpectedReply extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode body;

  UnexpectedReply(String method, URI target, int status, byte[] bytes) {
    this(method, target.getPath(), status, bytes);
  }

  UnexpectedReply(String method, String place, int status, byte[] bytes) {
    this(method, place, status, parsed(bytes));
  }

  private UnexpectedReply(String method, String place, int status, JsonNode body) {
    super("%s %s answered %d: %s".formatted(method, place, status, sentence(body)));
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** Returns the stable code of the refusal; empty if the answer has none. */
  public String code() {
    var protocolCode = body.path("error").path("details").path("code");
    return protocolCode.isString() ? protocolCode.stringValue() : body.path("code").asString("");
  }

  /** Returns the target's own description of the error; empty if the answer has none. */
  public String detail() {
    return body.path("error").path("message").asString(body.path("detail").asString(""));
  }

  /**
   * Returns a detail of the refusal such as {@code remedy} or {@code observed}; empty if it is
   * absent.
   */
  public String finer(String field) {
    return body.path("error").path("details").path(field).asString(body.path(field).asString(""));
  }

  /**
   * Builds one sentence: the error, its place, the expected and observed values, and the remedy.
   */
  private static String sentence(JsonNode body) {
    var details = body.at("/error/details").isObject() ? body.at("/error/details") : body;
    var text =
        new StringBuilder(
            body.at("/error/message").asString(body.path("detail").asString("no explanation")));
    List.of("field", "expected", "observed")
        .forEach(
            name -> {
              var value = details.path(name).asString("");
              if (!value.isEmpty()) {
                text.append(", ").append(name).append(' ').append(value);
              }
            });
    var remedy = details.path("remedy").asString("");
    return remedy.isEmpty() ? text.toString() : text + " (" + remedy + ")";
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return bytes.length == 0 ? Json.object() : Json.parse(bytes);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }
}
