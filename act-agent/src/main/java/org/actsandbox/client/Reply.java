package org.actsandbox.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Represents an answer of the target with any status, for callers that check the status themselves.
 */
public record Reply(OutboundClient.Answer answer) {

  public int status() {
    return answer.status();
  }

  public String text() {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Returns the body as JSON; an empty object if it is not JSON. */
  public JsonNode json() {
    try {
      return answer.body().length == 0 ? Json.object() : Json.parse(answer.body());
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  /** Returns the text of a member of the body, which is not read any further; empty without it. */
  public Optional<String> member(String name) {
    try {
      return Json.member(answer.body(), name);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /**
   * Returns the stable code of a refusal, in the protocol's or the control API's form; empty if
   * there is none.
   */
  public String code() {
    var body = json();
    var protocolCode = body.path("error").path("details").path("code");
    return protocolCode.isString() ? protocolCode.stringValue() : body.path("code").asString("");
  }

  @Override
  public String toString() {
    return status() + " " + (text().length() <= 400 ? text() : text().substring(0, 400) + "…");
  }
}
