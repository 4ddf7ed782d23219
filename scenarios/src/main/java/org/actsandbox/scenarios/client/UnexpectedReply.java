package org.actsandbox.scenarios.client;

import java.net.URI;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The target answered with an error; the message is what it said, ready to show. */
public final class UnexpectedReply extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode body;

  UnexpectedReply(String method, URI target, int status, byte[] bytes) {
    this(method, target, status, parsed(bytes));
  }

  private UnexpectedReply(String method, URI target, int status, JsonNode body) {
    super("%s %s answered %d: %s".formatted(method, target.getPath(), status, sentence(body)));
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** The stable code of the refusal, empty when the answer carried none. */
  public String code() {
    var protocolCode = body.path("error").path("details").path("code");
    return protocolCode.isString() ? protocolCode.stringValue() : body.path("code").asString("");
  }

  /** What was wrong, in the target's words. */
  public String detail() {
    return body.path("error").path("message").asString(body.path("detail").asString(""));
  }

  /** One of the finer fields of the refusal: {@code remedy}, {@code observed}, ...; else empty. */
  public String finer(String field) {
    return body.path("error").path("details").path(field).asString(body.path(field).asString(""));
  }

  /** What was said, where, what would have been right, and what to do next. */
  private static String sentence(JsonNode body) {
    var details = body.at("/error/details").isObject() ? body.at("/error/details") : body;
    var said =
        new StringBuilder(
            body.at("/error/message").asString(body.path("detail").asString("no explanation")));
    List.of("field", "expected", "observed")
        .forEach(
            finer -> {
              var text = details.path(finer).asString("");
              if (!text.isEmpty()) {
                said.append(", ").append(finer).append(' ').append(text);
              }
            });
    var remedy = details.path("remedy").asString("");
    return remedy.isEmpty() ? said.toString() : said + " (" + remedy + ")";
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return bytes.length == 0 ? Json.object() : Json.parse(bytes);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }
}
