package org.actsandbox.protocol.commerce;

import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a paid resource delivered: goods in a form of {@link Delivery}, or a page. */
public final class ReceivedDelivery {

  private static final String RESULT = "result";

  private ReceivedDelivery() {}

  /**
   * Reads goods. The result of a service has the form that the service describes, and may be long.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} if the body has none of
   *     the forms, or a member of its form is missing or wrong
   */
  public static Delivery goods(JsonNode body) {
    var form = body.deepCopy();
    if (form instanceof ObjectNode object && object.hasNonNull(RESULT)) {
      object.set(RESULT, Json.object());
    }
    JsonMessage.bindStatement(form, Delivery.class, Problem.INVALID_FIELD);
    return Json.read(body, Delivery.class);
  }

  /**
   * Returns a page as the result of a service: a JSON object as it came, anything else as text with
   * its media type.
   *
   * @param max the longest content in characters; a longer page is returned with its beginning
   */
  public static JsonNode page(OutboundClient.Answer answer, int max) {
    try {
      var parsed = Json.parse(answer.body());
      if (parsed.isObject() && answer.body().length <= max) {
        return parsed;
      }
    } catch (JacksonException otherContent) {
      // A page may be anything: it is kept as text below.
    }
    var type =
        answer.header("Content-Type").orElse("application/octet-stream").replaceAll("[^ -~]", "");
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    return Json.object()
        .put("media_type", type.length() <= 60 ? type : type.substring(0, 60))
        .put("content", text.length() <= max ? text : text.substring(0, max));
  }
}
