package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTTP exchange of the journal.
 *
 * @param from who called, without the DID's scheme: {@code principal}, {@code demo-agent}
 * @param path below the world, with its query
 */
record RecordedExchange(
    Instant at,
    String from,
    String method,
    String path,
    int status,
    JsonNode request,
    JsonNode data) {

  /** The principal every world has. */
  static final String FIRST = "principal";

  private static final String CONVERSATIONS = "/agents/demo-agent/conversations";

  /** Under a delegation, by what it permits. */
  private static final Map<String, String> DELEGATED =
      Map.of("/psp/delegated-payments", "SPECIFIED", "/psp/autonomous-payments", "BOUNDED");

  static Optional<RecordedExchange> of(JsonNode entry) {
    if (!entry.path("kind").asString().equals("EXCHANGE")) {
      return Optional.empty();
    }
    var data = entry.path("data");
    return Optional.of(
        new RecordedExchange(
            at(entry),
            name(entry.path("actor").asString()),
            data.path("method").asString(),
            data.path("path").asString(),
            data.path("status").asInt(),
            data.at("/request_body/json"),
            data));
  }

  /** When an entry of the journal happened. */
  static Instant at(JsonNode entry) {
    return Instant.parse(entry.path("at").asString());
  }

  static String name(String did) {
    return did.startsWith("did:act:") ? did.substring("did:act:".length()) : did;
  }

  /** Where the agent rests with this event of a conversation, if it does. */
  static Optional<String> stop(JsonNode event) {
    return switch (event.path("type").asString()) {
      case "payment_needed" -> Optional.of("waiting");
      case "turn_done" -> Optional.of(event.at("/data/outcome").asString());
      default -> Optional.empty();
    };
  }

  Optional<String> openedConversation() {
    return is("POST", CONVERSATIONS) && isGood()
        ? Optional.of(answer().path("conversation_id").asString())
        : Optional.empty();
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  /** The caller never saw an answer, whatever happened. */
  boolean isLost() {
    return status == 0;
  }

  /** Somebody wants something paid. */
  boolean isPayment() {
    return is("POST", "/psp/payments") || !delegatedMode().isEmpty();
  }

  /** The mode of a payment that rests on a delegation; empty for any other request. */
  String delegatedMode() {
    return method.equals("POST") ? DELEGATED.getOrDefault(pathWithoutQuery(), "") : "";
  }

  /** Of one of them, where there are several. */
  boolean isByPrincipal() {
    return from.equals(FIRST) || data.path("role").asString("").equals("principal");
  }

  /** Agents at work say who they are in every call, whatever key it has. */
  boolean saysItsSender() {
    return data.at("/request_headers/act-sender").isString();
  }

  JsonNode answer() {
    return data.at("/response_body/json");
  }

  /** The refusal's code, on either kind of surface; empty when there is none. */
  String code() {
    return answer().at("/error/details/code").asString(answer().path("code").asString(""));
  }

  boolean is(String wantedMethod, String wantedPath) {
    return method.equals(wantedMethod) && pathWithoutQuery().equals(wantedPath);
  }

  /** What the step made of it has to lead to again, where that is not the usual thing. */
  void expected(ObjectNode step, int usual) {
    if (isLost()) {
      step.putObject("expect").put("unanswered", true);
    } else if (status != usual) {
      var expect = step.putObject("expect").put("status", status);
      if (!code().isEmpty()) {
        expect.put("code", code());
      }
    }
  }

  /** For what is left out. */
  String describe(String what) {
    return "%s of %s, answered %d%s"
        .formatted(what, from, status, code().isEmpty() ? "" : " " + code());
  }

  /** The one variable part of a path, where the pattern has its star, if it is that path. */
  Optional<String> pathVariable(String wantedMethod, String pattern) {
    var regex = Pattern.quote(pattern).replace("*", "\\E([^/]+)\\Q");
    var matcher = Pattern.compile(regex).matcher(pathWithoutQuery());
    return method.equals(wantedMethod) && matcher.matches()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  String pathWithoutQuery() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
