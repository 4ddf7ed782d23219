package org.actsandbox.sandbox.hostile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads every operation from the server's own OpenAPI document. */
final class ServedOperations {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private ServedOperations() {}

  /**
   * Represents an operation.
   *
   * @param path path with its parameters in braces
   * @param body schema of its body; missing where it takes none
   */
  record Operation(String method, String path, JsonNode body) {

    /** Returns the path in {@code world}; parameters that are no participant become {@code id}. */
    String in(World world, String id) {
      return PARAMETER
          .matcher(path)
          .replaceAll(
              found ->
                  switch (found.group(1)) {
                    case "world" -> world.name();
                    case "merchant" -> "raileast";
                    default -> java.util.regex.Matcher.quoteReplacement(id);
                  });
    }

    boolean isOfAWorld() {
      return path.startsWith("/w/{world}");
    }

    /**
     * Says whether the operation is a stream; a stream has no end, and its refusals are those of
     * the paged operation.
     */
    boolean isStream() {
      return path.endsWith("/stream") || path.endsWith("/events");
    }

    /** Returns the key that most of its callers have. */
    String key(World world) {
      var role =
          !isOfAWorld()
              ? Role.OPERATOR
              : path.contains("/agents/") || path.contains("/wallet") || path.contains("/bindings")
                  ? Role.PRINCIPAL
                  : Role.AGENT;
      return world.roleKey(role, null);
    }
  }

  static List<Operation> of(SandboxServer server) {
    return server.get("/api/openapi.json").document().path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(each -> METHODS.contains(each.getKey()))
                    .map(
                        each ->
                            new Operation(
                                each.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                each.getValue().path("requestBody"))))
        .toList();
  }

  /** Returns a body according to the schema, with a value of the right type in every field. */
  static ObjectNode example(JsonNode openApi, Operation operation) {
    var schema = operation.body().path("content").path("application/json").path("schema");
    var made = example(openApi, schema, 0);
    return made instanceof ObjectNode object
        ? object
        : org.actsandbox.protocol.json.Json.object().set("value", made);
  }

  private static JsonNode example(JsonNode openApi, JsonNode schema, int depth) {
    var json = org.actsandbox.protocol.json.Json.object();
    if (schema.has("$ref")) {
      var ref = schema.path("$ref").asString().substring(1);
      return depth > 6 ? json : example(openApi, openApi.at(ref), depth + 1);
    }
    if (schema.has("oneOf")) {
      return example(openApi, schema.path("oneOf").path(0), depth + 1);
    }
    var type = schema.path("type");
    var name = type.isArray() ? type.path(0).asString("") : type.asString("");
    return switch (name) {
      case "object" -> {
        schema
            .path("properties")
            .properties()
            .forEach(each -> json.set(each.getKey(), example(openApi, each.getValue(), depth + 1)));
        yield json;
      }
      case "array" -> {
        var array = json.arrayNode();
        if (depth < 6) {
          array.add(example(openApi, schema.path("items"), depth + 1));
        }
        yield array;
      }
      case "integer", "number" -> json.numberNode(1);
      case "boolean" -> json.booleanNode(true);
      case "string" -> json.stringNode(text(schema));
      default -> json;
    };
  }

  private static String text(JsonNode schema) {
    if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0).asString();
    }
    return switch (schema.path("format").asString("")) {
      case "date-time" -> "2026-03-02T01:00:00Z";
      case "date" -> "2026-03-02";
      default -> "x-1";
    };
  }
}
