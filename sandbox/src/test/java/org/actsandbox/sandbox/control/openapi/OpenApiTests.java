package org.actsandbox.sandbox.control.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests the OpenAPI document that the server serves: that it is complete, keeps the rules of the
 * usual lint tools, and says what the edge does.
 */
class OpenApiTests {

  private static final SandboxServer server = SandboxServer.shared();

  private static final JsonNode DOCUMENT = server.get("/api/openapi.json").document();

  @Test
  void noRequestBodyIsDescribedAsBytes() {
    assertThat(operations())
        .filteredOn(each -> each.at("/requestBody/content").toString().contains("\"byte\""))
        .extracting(each -> each.path("operationId").asString())
        .isEmpty();
  }

  @Test
  void pathsBelongToTheServerThatAnsweredTheDocument() {
    assertThat(DOCUMENT.path("servers"))
        .isEqualTo(Json.parse("[{\"url\":\"%s\"}]".formatted(server.origin())));
  }

  /** The rules of redocly and spectral that the document has broken before. */
  @Test
  void keepsTheRulesOfTheLintTools() {
    List<String> problems = new ArrayList<>();
    Set<String> tags = new HashSet<>(DOCUMENT.path("tags").findValuesAsString("name"));
    Set<String> schemes = new HashSet<>(DOCUMENT.at("/components/securitySchemes").propertyNames());
    Set<String> ids = new HashSet<>();
    for (var path : DOCUMENT.path("paths").properties()) {
      if (path.getKey().endsWith("/")) {
        problems.add(path.getKey() + " ends with a slash");
      }
      for (var operation : path.getValue().properties()) {
        var at = operation.getKey() + ' ' + path.getKey() + ": ";
        var id = operation.getValue().path("operationId").asString("");
        if (!id.matches("[a-z][a-z0-9]+[A-Z][A-Za-z0-9]*|a2a") || !ids.add(id)) {
          problems.add(at + "operation id " + id);
        }
        operation
            .getValue()
            .path("tags")
            .forEach(
                tag -> {
                  if (!tags.contains(tag.asString())) {
                    problems.add(at + "tag " + tag);
                  }
                });
        for (var security : operation.getValue().path("security")) {
          security.propertyNames().stream()
              .filter(name -> !schemes.contains(name))
              .forEach(name -> problems.add(at + "security scheme " + name));
        }
        if (!declared(operation.getValue()).containsAll(inPath(path.getKey()))) {
          problems.add(at + "a parameter of the path is not declared");
        }
      }
    }
    for (var kind : DOCUMENT.path("components").properties()) {
      kind.getValue().propertyNames().stream()
          .filter(name -> !name.matches("[A-Za-z0-9._-]+"))
          .forEach(name -> problems.add("components: " + kind.getKey() + ' ' + name));
    }
    assertThat(problems).isEmpty();
  }

  private static List<String> inPath(String path) {
    return Pattern.compile("\\{([^}]+)}").matcher(path).results().map(at -> at.group(1)).toList();
  }

  private static List<String> declared(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .map(each -> each.has("$ref") ? resolved(each) : each)
        .filter(each -> each.path("in").asString().equals("path"))
        .filter(each -> each.path("required").asBoolean(false))
        .map(each -> each.path("name").asString())
        .toList();
  }

  private static JsonNode resolved(JsonNode reference) {
    return DOCUMENT.at(reference.path("$ref").asString("#/none").substring(1));
  }

  @Test
  void refusalsAreListedForOperationsThatExist() {
    assertThat(OpenApiExamples.operations((ObjectNode) DOCUMENT).keySet())
        .containsAll(OpenApiRefusals.operations());
  }

  @Test
  void everyListedOperationIdBelongsToAnOperation() {
    var served = new TreeSet<String>();
    for (var path : DOCUMENT.path("paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> served.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey()));
    }
    assertThat(served).containsAll(OpenApiOperationIds.load().all().keySet());
  }

  @Test
  void everySchemaHasADescription() {
    for (var schema : DOCUMENT.at("/components/schemas").properties()) {
      assertThat(schema.getValue().path("description").asString(""))
          .as(schema.getKey())
          .isNotBlank();
    }
  }

  /** An example was sent and answered by a test; a message that has changed since is found here. */
  @Test
  void everyExampleIsAMessageOfItsOperation() {
    var schemas = new OpenApiExamples.MessageSchemas((ObjectNode) DOCUMENT);
    var operations = OpenApiExamples.operations((ObjectNode) DOCUMENT);
    var examples = OpenApiExamples.load().all();

    assertThat(examples.size()).isGreaterThan(100);
    for (var example : examples.properties()) {
      assertThat(operations).containsKey(example.getKey());
      assertThat(
              schemas.problems(
                  requireNonNull(operations.get(example.getKey())),
                  (ObjectNode) example.getValue()))
          .as(example.getKey())
          .isEmpty();
    }
  }

  /** A new operation needs an example: docs/api.md says how it is taken from a test. */
  @Test
  void everyOperationWithMessagesHasAnExample() {
    var without = new TreeSet<String>();
    OpenApiExamples.operations((ObjectNode) DOCUMENT)
        .forEach(
            (id, operation) -> {
              if (hasMessages(operation) && !OpenApiExamples.load().all().has(id)) {
                without.add(id);
              }
            });
    assertThat(without).isEmpty();
  }

  private static boolean hasMessages(JsonNode operation) {
    return operation.path("requestBody").path("content").has("application/json")
        || operation.path("responses").properties().stream()
            .filter(each -> each.getKey().startsWith("2"))
            .anyMatch(each -> each.getValue().path("content").has("application/json"));
  }

  /** A wrong message is no example: the check itself can fail. */
  @Test
  void anExampleThatIsNoMessageIsFound() {
    var schemas = new OpenApiExamples.MessageSchemas((ObjectNode) DOCUMENT);
    var confirmCart =
        requireNonNull(OpenApiExamples.operations((ObjectNode) DOCUMENT).get("confirmCart"));
    var example = (ObjectNode) OpenApiExamples.load().all().path("confirmCart").deepCopy();
    ((ObjectNode) example.path("request")).put("note", "x").remove("currency");
    example.put("status", "200");

    assertThat(schemas.problems(confirmCart, example))
        .hasSize(3)
        .anyMatch(problem -> problem.contains("note"))
        .anyMatch(problem -> problem.contains("currency"))
        .contains("no answer 200");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Need,         train hotel shop
          OfferDetails, train hotel shop service
          Delivery,     train hotel shop service
          """)
  void formsAreToldApartByTheirKind(String schema, String kinds) {
    var union = DOCUMENT.at("/components/schemas/" + schema);

    assertThat(union.at("/discriminator/mapping").propertyNames())
        .containsExactlyInAnyOrder(kinds.split(" "));
    for (var form : union.at("/discriminator/mapping").properties()) {
      var target = DOCUMENT.at(form.getValue().asString().substring(1));
      assertThat(target.at("/properties/kind/enum/0").asString()).isEqualTo(form.getKey());
      assertThat(target.path("required").valueStream().map(JsonNode::asString)).contains("kind");
    }
    assertThat(union.path("oneOf")).hasSize(kinds.split(" ").length);
  }

  @Test
  void theBillAndTheProofAreHeadersOfThePaidResource() {
    var fetch = operation("/merchants/{merchant}/fulfilment/{orderNo}", "get");

    assertThat(fetch.at("/responses/402/headers").propertyNames())
        .containsExactlyInAnyOrder("Payment-Needed", "Payment-Validation");
    assertThat(fetch.at("/responses/200/headers").has("Payment-Validation")).isTrue();
    assertThat(fetch.path("parameters").valueStream().map(OpenApiTests::resolved))
        .extracting(each -> each.path("name").asString(""))
        .contains("Payment-Proof");
  }

  @Test
  void signedMessagesNeedTheirSignature() {
    assertThat(DOCUMENT.at("/components/schemas/CartRequest/required").valueStream())
        .extracting(JsonNode::asString)
        .contains("signer_id", "signature_type", "signature_content");
    assertThat(operation("/merchants/{merchant}/carts", "post").path("description").asString())
        .contains("The message is signed");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(DOCUMENT.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(DOCUMENT.at(reference.substring(1)).isObject()).isTrue());
  }

  @Test
  void everyQueryParameterIsNamedAndReachesItsEndpoint() {
    var journal =
        DOCUMENT.at("/paths/~1api~1worlds~1{world}~1journal/get/parameters").values().stream()
            .filter(each -> each.path("in").asString().equals("query"))
            .map(each -> each.path("name").asString());
    assertThat(journal).contains("after", "limit", "kind", "order_no", "request_id");
    assertThat(operations())
        .flatMap(each -> each.path("parameters").values())
        .extracting(each -> each.path("name").asString())
        .doesNotContain("params", "query", "afterwards");
  }

  @Test
  void everyRefusalHasItsStatusAndTheFormOfItsSurface() {
    for (var path : DOCUMENT.path("paths").properties()) {
      var form =
          "#/components/responses/" + (path.getKey().startsWith("/w/") ? "error" : "problem");
      for (var operation : path.getValue()) {
        var responses = operation.path("responses");
        assertThat(responses.propertyNames())
            .as(path.getKey())
            .contains("400", "500", "503", "default")
            .allMatch(status -> status.matches("[2-5][0-9]{2}|default"));
        assertThat(responses.properties())
            .filteredOn(each -> each.getKey().matches("[45].*|default"))
            .filteredOn(each -> !each.getKey().equals("402") || !each.getValue().has("headers"))
            .extracting(each -> each.getValue().path("$ref").asString(""))
            .as(path.getKey())
            .containsOnly(form);
      }
    }
    assertThat(DOCUMENT.at("/components/responses/error/content").toString()).contains("Envelope");
  }

  /** Checks that types of the same name in different files have different schemas. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /psp/instruments/{ref}/freeze,     post, 200, instrument_ref
          /psp/sub-accounts/{id},            get,  200, sub_account_id
          /psp/preferences,                  get,  200, ask_every_payment
          /psp/notifications/{id}/resend,    post, 200, notification_id
          /psp/payments,                     post, 201, trade_no
          /merchants/{merchant}/carts,       post, 201, order_no
          /delegations/iacs/{delegationId},  get,  200, delegation_id
          /merchants/{merchant}/.well-known/agent-card.json, get, 200, agent_id
          """)
  void answersHaveTheirOwnSchemas(String path, String method, String status, String field) {
    var answer =
        operation(path, method)
            .path("responses")
            .path(status)
            .at("/content/application~1json/schema/$ref");

    assertThat(DOCUMENT.at(answer.asString("#/none").substring(1)).path("properties").has(field))
        .as(answer.toString())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /psp/payments,                       instrument_ref
          /psp/delegated-payments,             delegation_id
          /psp/payments/{tradeNo}/approval,    pin
          /psp/bindings,                       agent_id
          /merchants/{merchant}/carts,         lines
          /merchants/{merchant}/intents,       context
          /merchants/{merchant}/notifications, trade_no
          /delegations/intents,                isr
          /trust/anchors,                      anchors
          /delegations/iacs/{delegationId}/revoke, reason
          """)
  void requestsHaveTheirOwnSchemas(String path, String field) {
    var taken = operation(path, "post").at("/requestBody/content/application~1json/schema/$ref");

    assertThat(DOCUMENT.at(taken.asString("#/none").substring(1)).path("properties").has(field))
        .as(taken.toString())
        .isTrue();
  }

  @Test
  void everyOperationHasASummaryOfOneLine() {
    assertThat(operations())
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.path("summary").asString(""))
                    .as(each.path("operationId").asString())
                    .matches("[A-Z][^\\n]{8,78}[^.\\s]"));
  }

  @Test
  void everyOperationNamesTheKeyItNeeds() {
    assertThat(operations())
        .allSatisfy(
            each -> {
              assertThat(each.path("security").isArray())
                  .as(each.path("operationId").asString())
                  .isTrue();
              assertThat(each.path("description").asString("")).contains("Needs ");
            });
    assertThat(DOCUMENT.at("/components/securitySchemes").propertyNames())
        .containsExactlyInAnyOrder(
            "principalKey",
            "agentKey",
            "assistantKey",
            "merchantKey",
            "operatorKey",
            OpenApiAccess.ADMIN_KEY);
  }

  /** Checks the described keys by calling each operation with each role's key and with none. */
  @Test
  void theEdgeAcceptsExactlyTheKeysThatTheDocumentNames() {
    var world = server.newWorld();
    List<String> differences = new ArrayList<>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var security = operation.getValue().path("security");
        for (var role : Role.values()) {
          boolean named = security.isEmpty() || names(security, role);
          // The control API would carry out the operator's request.
          if (named && path.getKey().startsWith("/api/")) {
            continue;
          }
          var answer = call(world, operation.getKey(), path.getKey(), role);
          var status = String.valueOf(answer.status());
          if (!operation.getValue().path("responses").has(status)) {
            differences.add(
                operation.getKey() + " " + path.getKey() + " does not list " + answer.text());
          }
          if (named == isAboutTheKey(answer)) {
            differences.add(
                operation.getKey() + " " + path.getKey() + " " + role + ": " + answer.text());
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static boolean names(JsonNode security, Role role) {
    for (var alternative : security) {
      if (alternative.isEmpty() || alternative.has(OpenApiAccess.scheme(role))) {
        return true;
      }
    }
    return false;
  }

  private static SandboxServer.Answer call(World world, String method, String path, Role role) {
    var address =
        path.replace("{world}", world.name())
            .replace("{merchant}", "raileast")
            .replaceAll("\\{[^}]+}", "1");
    var key =
        switch (role) {
          case ANONYMOUS -> new String[0];
          case MERCHANT -> SandboxServer.bearer(world.roleKey(role, Did.of("raileast")));
          case PRINCIPAL, AGENT, ASSISTANT, OPERATOR ->
              SandboxServer.bearer(world.roleKey(role, null));
        };
    return server.send(
        method.toUpperCase(Locale.ROOT), address, method.equals("get") ? null : "{}", key);
  }

  private static boolean isAboutTheKey(SandboxServer.Answer answer) {
    return (answer.status() == 401 || answer.status() == 403)
        && answer.text().contains("\"Authorization\"");
  }

  /** Checks that a field is required exactly if it cannot be null. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /psp/bindings,                     agent_id account
          /psp/pin,                          pin new_pin
          /delegations/iacs/{delegationId}/revoke,
          /trust/disputes,                   order_no kind description
          """)
  void requestsSayWhichFieldsTheyNeed(String path, String needed) {
    var taken = operation(path, "post").at("/requestBody/content/application~1json/schema/$ref");
    var schema = DOCUMENT.at(taken.asString("#/none").substring(1));

    assertThat(schema.path("properties").size()).isPositive();
    assertThat(schema.path("required").valueStream().map(JsonNode::asString).toList())
        .containsExactlyInAnyOrderElementsOf(
            needed == null ? List.of() : List.of(needed.split(" ")));
  }

  private static JsonNode operation(String path, String method) {
    return DOCUMENT.path("paths").path("/w/{world}" + path).path(method);
  }

  private static List<JsonNode> operations() {
    List<JsonNode> all = new ArrayList<>();
    DOCUMENT.path("paths").forEach(path -> path.forEach(all::add));
    return all;
  }
}
