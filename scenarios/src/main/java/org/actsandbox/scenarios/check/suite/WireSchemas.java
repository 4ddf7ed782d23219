package org.actsandbox.scenarios.check.suite;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckSentence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Validates messages against JSON schemas: raw JSON, never our own records. */
public final class WireSchemas {

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private WireSchemas() {}

  /** Requires that a message is valid; the deviation names the first members that are not. */
  static void require(CheckContext context, String definition, JsonNode message) {
    var problems = problems(definition, message);
    context.require(
        problems.isEmpty(),
        CheckSentence.of("a message that is valid by the schema of {0}", definition),
        CheckSentence.joined(problems));
  }

  /** Returns what is wrong with a message, at most five sentences; none if it is valid. */
  public static List<CheckSentence> problems(String definition, JsonNode message) {
    return SCHEMAS
        .computeIfAbsent(definition, WireSchemas::schema)
        .validate(message.toString(), InputFormat.JSON)
        .stream()
        .map(WireSchemas::problem)
        .limit(5)
        .toList();
  }

  /** Words what goes wrong most; of the rest, the validator has its own words. */
  private static CheckSentence problem(Error error) {
    var place = error.getInstanceLocation().toString();
    return switch (error.getKeyword()) {
      case "required" ->
          CheckSentence.of("{0} has no member {1}", place, String.valueOf(error.getProperty()));
      case "additionalProperties", "unevaluatedProperties" ->
          CheckSentence.of(
              "{0} has a member that it may not have: {1}",
              place, String.valueOf(error.getProperty()));
      case "pattern", "format", "enum", "const", "type" ->
          CheckSentence.of(
              "{0} is {1}, and not of the form {2} {3}",
              place,
              String.valueOf(error.getInstanceNode()),
              error.getKeyword(),
              String.valueOf(error.getSchemaNode()));
      default -> CheckSentence.said(place + " " + error.getMessage());
    };
  }

  private static Schema schema(String definition) {
    boolean header = List.of("needed", "proof", "validation").contains(definition);
    var all =
        (ObjectNode)
            (header
                ? read(A402Headers.class, "headers.schema.json")
                : read(WireSchemas.class, "messages.schema.json"));
    all.remove("oneOf");
    all.put("$ref", "#/$defs/" + definition);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Json.write(all), InputFormat.JSON);
  }

  private static JsonNode read(Class<?> beside, String name) {
    try (var resource = beside.getResourceAsStream(name)) {
      return Json.parse(
          new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
