package org.actsandbox.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.control.openapi.OpenApiAccess;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests that the OpenAPI document describes every message. */
class OpenApiTests {

  static final SandboxServer server = SandboxServer.shared();
  static final JsonNode DOCUMENT = server.get("/api/openapi.json").json();

  @Test
  void noRequestBodyIsDescribedAsBytes() {
    assertThat(operations())
        .filteredOn(each -> each.at("/requestBody/content").toString().contains("\"byte\""))
        .extracting(each -> each.path("operationId").asString())
        .isEmpty();
  }

  @Test
  void pathsBelongToTheServerThatAnsweredTheDocument() {
    var asked = SandboxServer.shared().get("/api/openapi.json?of=elsewhere");
    assertThat(asked.json().path("servers")).isEqualTo(Json.parse("[{\"url\":\"/\"}]"));
    assertThat(DOCUMENT.path("servers")).isEqualTo(asked.json().path("servers"));
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
  void everyRefusalHasTheFormOfItsSurface() {
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var operation : path.getValue()) {
        assertThat(operation.at("/responses/default/$ref").asString(""))
            .as(path.getKey())
            .isEqualTo(
                "#/components/responses/"
                    + (path.getKey().startsWith("/w/") ? "error" : "problem"));
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
              assertThat(each.path("description").asString("")).startsWith("Needs ");
            });
    assertThat(DOCUMENT.at("/components/securitySchemes").propertyNames())
        .containsAll(List.of(OpenApiAccess.ROLE_KEY, OpenApiAccess.ADMIN_KEY));
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
      if (alternative.isEmpty()
          || alternative.path(OpenApiAccess.ROLE_KEY).toString().contains(role.code())) {
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
          case PRINCIPAL, AGENT, OPERATOR -> SandboxServer.bearer(world.roleKey(role, null));
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
