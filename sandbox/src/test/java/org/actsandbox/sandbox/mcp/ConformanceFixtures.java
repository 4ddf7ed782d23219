package org.actsandbox.sandbox.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what the protocol's own conformance runner calls, in the one world of this name. */
@Component
class ConformanceFixtures implements McpFixtures {

  static final String WORLD = "mcp-conformance";

  private static final String PROMPTS = "prompts";

  /** The capability that a client declares for each method that a server may ask it for. */
  private static final Map<String, String> CAPABILITIES =
      Map.of(
          "elicitation/create", "elicitation",
          "sampling/createMessage", "sampling",
          "roots/list", "roots");

  private final JsonNode fixtures;

  ConformanceFixtures() throws java.io.IOException {
    try (var file = new ClassPathResource("mcp/conformance-fixtures.json").getInputStream()) {
      fixtures = Json.parse(file.readAllBytes());
    }
  }

  @Override
  public void addTo(World world, String kind, ArrayNode items) {
    if (isIn(world)) {
      fixtures.path(kind).forEach(each -> items.add(each.path("declared")));
    }
  }

  private static boolean isIn(World world) {
    return world.name().equals(WORLD);
  }

  @Override
  public Optional<ObjectNode> answer(
      World world, String method, ObjectNode params, JsonNode capabilities) {
    if (!isIn(world)) {
      return Optional.empty();
    }
    return switch (method) {
      case "tools/call" -> answer("tools", params, capabilities);
      case "prompts/get" -> answer(PROMPTS, params, capabilities);
      case "resources/read" -> read(params.path("uri").asString(""));
      default -> Optional.empty();
    };
  }

  private Optional<ObjectNode> answer(String kind, ObjectNode params, JsonNode capabilities) {
    return find(kind, "name", params.path("name").asString(""))
        .map(
            fixture -> {
              var asked = asked(fixture.path("requests"), params, capabilities);
              return asked == null ? filled(fixture, params.path("arguments")) : asked;
            });
  }

  /** Asks the client for what is missing, as far as it can do that; null if nothing is missing. */
  private static @Nullable ObjectNode asked(
      JsonNode requests, ObjectNode params, JsonNode capabilities) {
    var result = Json.object().put("resultType", "input_required");
    var asked = result.putObject("inputRequests");
    for (var each : requests.properties()) {
      var needed = CAPABILITIES.get(each.getValue().path("method").asString());
      if (capabilities.has(needed)
          && !params.path("inputResponses").path(each.getKey()).isObject()) {
        asked.set(each.getKey(), each.getValue());
      }
    }
    return asked.isEmpty() ? null : result;
  }

  private static ObjectNode filled(JsonNode fixture, JsonNode arguments) {
    var result = Json.write(fixture.path("result"));
    for (var each : arguments.properties()) {
      result = result.replace("{" + each.getKey() + "}", each.getValue().asString(""));
    }
    return (ObjectNode) Json.parse(result);
  }

  private Optional<ObjectNode> read(String uri) {
    var fixed = find("resources", "uri", uri);
    if (fixed.isPresent()) {
      return fixed.map(each -> (ObjectNode) each.path("result").deepCopy());
    }
    var id = Pattern.compile("test://template/([^/]+)/data").matcher(uri);
    return id.matches()
        ? Optional.of(
            filled(
                fixtures.path("resourceTemplates").path(0), Json.object().put("id", id.group(1))))
        : Optional.empty();
  }

  private Optional<JsonNode> find(String kind, String field, String value) {
    return fixtures
        .path(kind)
        .valueStream()
        .filter(each -> each.at("/declared/" + field).asString("").equals(value))
        .findFirst();
  }

  /** Returns the names of all tools and prompts. */
  List<String> names() {
    return List.of("tools", PROMPTS).stream()
        .flatMap(kind -> fixtures.path(kind).valueStream())
        .map(each -> each.at("/declared/name").asString())
        .toList();
  }
}
