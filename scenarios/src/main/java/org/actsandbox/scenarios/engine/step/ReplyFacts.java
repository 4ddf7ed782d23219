package org.actsandbox.scenarios.engine.step;

import java.util.Set;
import java.util.function.Supplier;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Turns an HTTP answer into the facts that expectations see: status, code, headers and body. */
final class ReplyFacts {

  /** The headers that belong to the protocol; the others differ from run to run. */
  private static final Set<String> HEADERS =
      Set.of(
          "content-type",
          "payment-needed",
          "payment-validation",
          "retry-after",
          "location",
          "www-authenticate",
          "allow");

  private static final String UNANSWERED = "unanswered";

  private ReplyFacts() {}

  /**
   * Sends the request and returns the facts; without an answer they are {@code status: 0,
   * unanswered: true}.
   */
  static ObjectNode ofCall(Supplier<Reply> request) {
    try {
      return of(request.get());
    } catch (NoAnswerException silent) {
      return Json.object().put("status", 0).put("code", "").put(UNANSWERED, true);
    }
  }

  static ObjectNode of(Reply reply) {
    var json = Json.object().put("status", reply.status()).put("code", reply.code());
    var headers = json.putObject("headers");
    reply
        .answer()
        .headers()
        .forEach(
            (name, values) -> {
              if (HEADERS.contains(name)) {
                headers.put(name, String.join(", ", values));
              }
            });
    var body = reply.json();
    if (body.isObject() && body.isEmpty() && !reply.text().isBlank()) {
      json.put("body", reply.text());
    } else {
      json.set("body", body);
    }
    return json;
  }
}
