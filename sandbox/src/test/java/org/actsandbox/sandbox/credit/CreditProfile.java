package org.actsandbox.sandbox.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/**
 * Compares messages with the published schemas, if the user names a copy of them: {@code
 * -Dact.credit-profile=PATH} or {@code ACT_CREDIT_PROFILE=PATH}.
 */
final class CreditProfile {

  private static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getProperty("act.credit-profile"))
          .or(() -> Optional.ofNullable(System.getenv("ACT_CREDIT_PROFILE")))
          .map(Path::of);

  private static final String BASE = "https://profile.example/";
  private static final String OPEN_API = "openapi.json";
  private static final String JSON_SCHEMA = "/content/application~1json/schema";

  private CreditProfile() {}

  static void check(String schema, JsonNode message) {
    FOLDER.ifPresent(
        folder ->
            assertThat(
                    registry(folder)
                        .getSchema(SchemaLocation.of(BASE + schema + ".schema.json"))
                        .validate(Json.write(message), InputFormat.JSON))
                .as(schema + " of " + message)
                .isEmpty());
  }

  /** Lists the operations of the published OpenAPI, such as {@code post /v1/verifications}. */
  static Optional<List<String>> operations() {
    return FOLDER.map(
        folder ->
            openApi(folder).path("paths").properties().stream()
                .flatMap(
                    path ->
                        path.getValue().propertyNames().stream()
                            .filter(each -> !each.equals("parameters"))
                            .map(method -> method + " " + path.getKey()))
                .toList());
  }

  static List<String> statuses(String path, String method) {
    return FOLDER
        .map(
            folder ->
                List.copyOf(
                    openApi(folder).at(operation(path, method) + "/responses").propertyNames()))
        .orElseThrow();
  }

  static void checkRequest(String path, String method, JsonNode message) {
    FOLDER.ifPresent(folder -> check(folder, operation(path, method) + "/requestBody", message));
  }

  static void checkResponse(String path, String method, int status, JsonNode message) {
    FOLDER.ifPresent(
        folder -> check(folder, operation(path, method) + "/responses/" + status, message));
  }

  private static String operation(String path, String method) {
    return "/paths/" + path.replace("/", "~1") + "/" + method;
  }

  private static void check(Path folder, String pointer, JsonNode message) {
    var openApi = openApi(folder);
    var place = openApi.at(pointer).has("$ref") ? openApi.at(pointer).path("$ref").asString() : "";
    var schema = (place.isEmpty() ? pointer : place.substring(1)) + JSON_SCHEMA;
    assertThat(openApi.at(schema).isMissingNode()).as("there is " + schema).isFalse();
    assertThat(
            registry(folder)
                .getSchema(SchemaLocation.of(BASE + OPEN_API + "#" + schema))
                .validate(Json.write(message), InputFormat.JSON))
        .as(pointer + " of " + message)
        .isEmpty();
  }

  private static JsonNode openApi(Path folder) {
    return Json.tree(
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .<Map<String, Object>>load(read(folder.resolve("openapi/openapi.yaml"))));
  }

  private static SchemaRegistry registry(Path folder) {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder -> builder.schemas(address -> document(folder, address)));
  }

  private static String document(Path folder, String address) {
    var name = address.substring(BASE.length());
    // The published OpenAPI refers to the schemas beside its own folder.
    return name.equals(OPEN_API)
        ? Json.write(openApi(folder)).replace("../schemas/", BASE)
        : read(folder.resolve("schemas/" + name));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
