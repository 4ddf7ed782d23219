package org.actsandbox.sandbox.control.openapi;

import static java.util.Comparator.comparing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps an exchange for each operation, as a test sent it and as the server answered, and puts it
 * into the OpenAPI document as the example.
 */
final class OpenApiExamples {

  private static final Path KEPT = Path.of("src/test/resources/openapi-source/examples.json");
  private static final String JSON = "application/json";

  private final ObjectNode kept;

  private OpenApiExamples(ObjectNode kept) {
    this.kept = kept;
  }

  static OpenApiExamples load() {
    try {
      return new OpenApiExamples(
          Files.exists(KEPT)
              ? (ObjectNode) JsonMapper.shared().readTree(Files.readString(KEPT))
              : Json.object());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  ObjectNode all() {
    return kept;
  }

  /** Puts the examples into the document, next to the schemas that they are examples of. */
  void addTo(ObjectNode document) {
    operations(document)
        .forEach(
            (id, operation) -> {
              if (kept.get(id) instanceof ObjectNode example) {
                add(operation.path("requestBody"), example.get("request"));
                var status = example.path("status").asString();
                add(operation.path("responses").path(status), example.get("answer"));
              }
            });
  }

  private static void add(JsonNode place, @Nullable JsonNode example) {
    if (example != null && place.path("content").get(JSON) instanceof ObjectNode content) {
      content.set("example", example);
    }
  }

  /**
   * Chooses examples from what {@link ExchangeSampler} has kept, for the operations whose example
   * is missing or no longer fits the document: the shortest exchange that the document describes,
   * and among equals the first by name.
   */
  static void choose(ObjectNode document, Path folder) throws IOException {
    Map<String, ObjectNode> chosen = new TreeMap<>();
    var schemas = new MessageSchemas(document);
    var operations = operations(document);
    load()
        .all()
        .properties()
        .forEach(
            each -> {
              var operation = operations.get(each.getKey());
              var example = (ObjectNode) each.getValue();
              if (operation != null && schemas.problems(operation, example).isEmpty()) {
                chosen.put(each.getKey(), example);
              }
            });
    var kept = Set.copyOf(chosen.keySet());
    var byPlace = new HashMap<String, Map.Entry<String, ObjectNode>>();
    operationPlaces(document).forEach(byPlace::put);
    List<Path> files;
    try (var listed = Files.list(folder)) {
      files = listed.sorted().toList();
    }
    for (var file : files) {
      var sample = (ObjectNode) Json.parse(Files.readString(file));
      var place =
          byPlace.get(sample.path("method").asString() + ' ' + sample.path("path").asString());
      int status = sample.path("status").asInt();
      if (place == null || kept.contains(place.getKey()) || status < 200 || status > 299) {
        continue;
      }
      var example = Json.object().put("status", String.valueOf(status));
      if (!sample.path("request").isNull()) {
        example.set("request", neutral(sample.path("request")));
      }
      if (!sample.path("answer").isNull() && !sample.path("answer").isString()) {
        example.set("answer", neutral(sample.path("answer")));
      }
      var id = place.getKey();
      var before = chosen.get(id);
      if (schemas.problems(place.getValue(), example).isEmpty()
          && (before == null || better(example, before))) {
        chosen.put(id, example);
      }
    }
    var all = Json.object();
    chosen.forEach(all::set);
    Files.writeString(
        KEPT, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + '\n');
  }

  /** An empty list says nothing, so the shortest that says something is the best. */
  private static boolean better(ObjectNode one, ObjectNode other) {
    boolean saysMore = !isEmptyList(one) && isEmptyList(other);
    boolean saysLess = isEmptyList(one) && !isEmptyList(other);
    return saysMore || (!saysLess && one.toString().length() < other.toString().length());
  }

  private static boolean isEmptyList(ObjectNode example) {
    return example.at("/answer/items").isArray() && example.at("/answer/items").isEmpty();
  }

  /**
   * Replaces the port of the test's server by the usual one, and role keys by a text no reader
   * takes for real.
   */
  private static JsonNode neutral(JsonNode json) {
    return Json.parse(
        json.toString()
            .replaceAll("http://localhost:[0-9]+", "http://localhost:8080")
            .replaceAll("(\"act_[^\"]*_)[0-9a-f]{40}\"", "$1" + "0".repeat(40) + "\""));
  }

  /** Returns the operations of the document by id. */
  static Map<String, ObjectNode> operations(ObjectNode document) {
    Map<String, ObjectNode> operations = new TreeMap<>();
    operationPlaces(document)
        .values()
        .forEach(each -> operations.put(each.getKey(), each.getValue()));
    return operations;
  }

  private static Map<String, Map.Entry<String, ObjectNode>> operationPlaces(ObjectNode document) {
    Map<String, Map.Entry<String, ObjectNode>> places = new TreeMap<>();
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (OpenApiPaths.METHODS.contains(operation.getKey())) {
          places.put(
              operation.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey(),
              Map.entry(
                  operation.getValue().path("operationId").asString(),
                  (ObjectNode) operation.getValue()));
        }
      }
    }
    return places;
  }

  /** Holds messages against the schemas of the document. */
  static final class MessageSchemas {

    private final ObjectNode document;
    private final SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> compiled = new HashMap<>();

    MessageSchemas(ObjectNode document) {
      this.document = document;
    }

    /** Returns what is wrong with the messages of an example; empty if nothing is. */
    List<String> problems(ObjectNode operation, ObjectNode example) {
      List<String> problems = new ArrayList<>();
      check("request", operation.path("requestBody"), example.get("request"), problems);
      var answer = operation.path("responses").path(example.path("status").asString());
      if (answer.isMissingNode()) {
        problems.add("no answer " + example.path("status").asString());
      }
      check("answer", answer, example.get("answer"), problems);
      return problems;
    }

    private void check(
        String what, JsonNode place, @Nullable JsonNode message, List<String> problems) {
      var schema = place.path("content").path(JSON).path("schema");
      if (message == null || schema.isMissingNode()) {
        return;
      }
      compiled.computeIfAbsent(schema.toString(), _ -> compile(schema)).validate(message).stream()
          .sorted(comparing(Object::toString))
          .map(each -> what + ": " + each)
          .forEach(problems::add);
    }

    private Schema compile(JsonNode schema) {
      var whole = Json.object();
      whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
      whole.set("components", Json.object().set("schemas", document.at("/components/schemas")));
      whole.setAll((ObjectNode) schema);
      return registry.getSchema(whole);
    }
  }
}
