package org.actsandbox.web.console.webhook;

import java.time.Instant;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Represents an attempt at a delivery as the page shows it.
 *
 * @param request method, address and headers as lines
 * @param answer headers as lines and the beginning of the body
 */
record AttemptRow(
    int number,
    Instant at,
    boolean delivered,
    String outcome,
    long millis,
    String request,
    String answer) {

  static AttemptRow of(JsonNode attempt) {
    int status = attempt.path("status").asInt(0);
    var outcome = attempt.path("outcome").asString();
    var target = attempt.path("target").asString();
    return new AttemptRow(
        attempt.path("number").asInt(),
        Instant.parse(attempt.path("at").asString()),
        // A notice in Alipay's form may be answered with 200 and not be acknowledged.
        status >= 200 && status < 300 && outcome.equals("status " + status),
        outcome,
        attempt.path("millis").asLong(),
        target.isEmpty() ? "" : "POST " + target + "\n" + lines(attempt.path("request_headers")),
        (lines(attempt.path("answer_headers")) + "\n\n" + attempt.path("answer").asString())
            .strip());
  }

  private static String lines(JsonNode headers) {
    return headers.properties().stream()
        .map(each -> each.getKey() + ": " + each.getValue().asString())
        .collect(Collectors.joining("\n"));
  }
}
