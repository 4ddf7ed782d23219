package org.actsandbox.sandbox.proxy.stub;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Checks whole answers in the form of WireMock's stub mappings. It accepts only matching and
 * answering, and refuses mappings that call elsewhere, read files or run extensions.
 */
public final class StubMappings {

  static final int MAX = 50;
  private static final long MAX_DELAY_MILLIS = 60_000;
  private static final int MAX_CHARS = 256 * 1024;

  private static final List<String> PLACES = List.of("", "/request", "/response");

  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "",
          Set.of(
              "name",
              "priority",
              "request",
              "response",
              "scenarioName",
              "requiredScenarioState",
              "newScenarioState"),
          "/request",
          Set.of(
              "method",
              "url",
              "urlPattern",
              "urlPath",
              "urlPathPattern",
              "headers",
              "queryParameters",
              "bodyPatterns"),
          "/response",
          Set.of(
              "status",
              "statusMessage",
              "headers",
              "body",
              "jsonBody",
              "base64Body",
              "fixedDelayMilliseconds"));

  private StubMappings() {}

  /**
   * Returns the stubs if they are acceptable.
   *
   * @throws Refusal {@code invalid_field} for anything but a request and its answer
   */
  public static List<JsonNode> checked(List<JsonNode> stubs) {
    if (stubs.size() > MAX || stubs.toString().length() > MAX_CHARS) {
      throw new Refusal(Problem.INVALID_FIELD, "too many stubs, or too long")
          .at("stubs")
          .expected("at most %d, %d characters in all".formatted(MAX, MAX_CHARS));
    }
    for (int i = 0; i < stubs.size(); i++) {
      for (var place : PLACES) {
        check("stubs/" + i + place, stubs.get(i).at(place), KNOWN.getOrDefault(place, Set.of()));
      }
    }
    stubs.forEach(StubMappings::checkDelay);
    return stubs;
  }

  private static void check(String field, JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw new Refusal(Problem.INVALID_FIELD, "a stub has a request and a response")
          .at(field)
          .expected("an object of " + sorted(known))
          .observed(node.getNodeType().name());
    }
    for (var name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw new Refusal(Problem.INVALID_FIELD, "a proxy's stub has no such field")
            .at(field + "/" + name)
            .expected("one of " + sorted(known))
            .observed(name);
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** Refuses a delay that is longer than a fault may cause. */
  private static void checkDelay(JsonNode stub) {
    long delay = stub.at("/response/fixedDelayMilliseconds").asLong(0);
    if (delay < 0 || delay > MAX_DELAY_MILLIS) {
      throw new Refusal(Problem.INVALID_FIELD, "not a delay")
          .at("response/fixedDelayMilliseconds")
          .expected("0 to " + MAX_DELAY_MILLIS)
          .observed(String.valueOf(delay));
    }
  }
}
