package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls each operation of the published OpenAPI of credit association, and compares status and
 * messages with it. It reads the document from the copy that {@link CreditProfile} names; without
 * one the statuses are compared with what docs/credit.md says of them.
 */
class CreditOpenApiTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String ISSUER = "/credit-issuer";
  private static final String VERIFIER = "/credit-verifier";
  private static final String APPLICATIONS = "/v1/association-applications";
  private static final String CREDENTIALS = "/v1/association-credentials";
  private static final String PERMITS = "/v1/credit-query-authorizations";

  private final SandboxServer server = SandboxServer.shared();
  private final List<String> called = new ArrayList<>();
  private World world;
  private CreditDesk desk;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    desk = new CreditDesk(server, world);
  }

  @Test
  void everyPublishedOperationAnswersAsPublished() {
    var application = desk.application("DIRECT_SIGNATURE");
    var applicationId = application.path("applicationId").asString();
    called("post", ISSUER, APPLICATIONS, "", application, 201, desk.principal());
    var prepared =
        called(
            "post",
            ISSUER,
            APPLICATIONS + "/{applicationId}/preparations",
            applicationId,
            null,
            200,
            desk.principal());
    var credential =
        called(
            "post",
            ISSUER,
            APPLICATIONS + "/{applicationId}/confirmations",
            applicationId,
            confirmation((ObjectNode) prepared.path("signingPayload")),
            201,
            desk.principal());
    var one = CREDENTIALS + "/{credentialId}";
    called("get", ISSUER, one, id(credential), null, 200, desk.agent());
    called("get", ISSUER, one + "/status", id(credential), null, 200);
    authorization(credential);
    order(credential, "suspensions", "SUSPENDED");
    order(credential, "resumptions", "ACTIVE");
    order(credential, "revocations", "REVOKED");

    assertThat(called).hasSize(11);
    CreditProfile.operations()
        .ifPresent(published -> assertThat(called).hasSameElementsAs(published));
  }

  private void authorization(JsonNode credential) {
    var authorization =
        desk.wish(5, 3600)
            .put("authorizationId", "QA-own")
            .put("authorizationVersion", "reference-v1")
            .put("subjectId", World.PRINCIPAL.value())
            .put("verificationLevel", "ASSOCIATED_CREDIT")
            .put("validFrom", NOW.toString())
            .put("status", "ACTIVE");
    CreditProjection.AUTHORIZATION.prove(authorization, released());
    called("post", VERIFIER, PERMITS, "", authorization, 201, desk.principal());
    var request = desk.signed(desk.creditRequest(credential, "QA-own"));
    var answer = called("post", VERIFIER, "/v1/verifications", "", request, 200);
    assertThat(CreditDesk.reason(answer)).isEqualTo("VERIFIED");
    var end =
        message("QR-1").put("authorizationId", "QA-own").put("subjectId", World.PRINCIPAL.value());
    CreditProjection.REQUEST.prove(end, released());
    called("post", VERIFIER, PERMITS + "/{authorizationId}/revocations", "QA-own", end, 200);
  }

  private void order(JsonNode credential, String how, String target) {
    var order =
        message("CO-" + target)
            .put("credentialId", id(credential))
            .put("targetStatus", target)
            .put("requestedBy", World.PRINCIPAL.value());
    CreditProjection.REQUEST.prove(order, released());
    var path = CREDENTIALS + "/{credentialId}/" + how;
    called("post", ISSUER, path, id(credential), order, 200);
  }

  private static ObjectNode message(String requestId) {
    var message =
        Json.object()
            .put("requestId", requestId)
            .put("reasonCode", "SUBJECT_REQUEST")
            .put("requestedAt", NOW.toString());
    message.putObject("antiReplay").put("nonce", requestId + "-nonce-of-sixteen");
    return message;
  }

  private ObjectNode confirmation(ObjectNode payload) {
    var key = World.PRINCIPAL.key(1);
    var confirmation =
        Json.object()
            .put("confirmationMethod", "DIRECT_SIGNATURE")
            .put("subjectSignature", CreditProjection.SUBJECT.signature(payload, released()))
            .put("subjectSignatureAlgorithm", "Ed25519");
    confirmation
        .putObject("subjectPublicKey")
        .put("keyId", key)
        .put("format", "pem-spki")
        .put("value", Ed25519Pem.write(world.directory().find(key).orElseThrow()));
    return confirmation;
  }

  private Signer released() {
    return world
        .principals()
        .signer(World.PRINCIPAL)
        .release(new PinCheckResult(true, World.PRINCIPAL, "test", NOW));
  }

  /** Calls an operation, and compares status, request and response with what is published. */
  private JsonNode called(
      String method,
      String below,
      String template,
      String id,
      @Nullable ObjectNode body,
      int status,
      String... key) {
    var path = below + template.replaceFirst("\\{\\w+}", id);
    var answer = method.equals("get") ? desk.get(path, key) : post(path, body, key);
    assertThat(answer.status())
        .as(method + " " + template + ": " + answer.text())
        .isEqualTo(status);
    var json = ok(answer);
    if (body != null) {
      CreditProfile.checkRequest(template, method, body);
    }
    CreditProfile.checkResponse(template, method, status, json);
    called.add(method + " " + template);
    return json;
  }

  private SandboxServer.Answer post(String path, @Nullable ObjectNode body, String... key) {
    return desk.post(path, body == null ? "" : body, key);
  }

  @Test
  void whatIsUnknownOrMalformedIsRefusedWithThePublishedStatus() {
    assumeTrue(CreditProfile.operations().isPresent(), "no copy of the profile is named");
    var paths = new ArrayList<String>();
    Consumer<String> each =
        operation -> {
          var method = operation.substring(0, operation.indexOf(' '));
          var template = operation.substring(operation.indexOf(' ') + 1);
          var below = template.startsWith("/v1/association") ? ISSUER : VERIFIER;
          var path = below + template.replaceFirst("\\{\\w+}", "NOTHING-1");
          var answer =
              method.equals("get")
                  ? desk.get(path, desk.principal())
                  : desk.post(path, "{}", desk.principal());
          assertThat(CreditProfile.statuses(template, method))
              .as(operation + " answered " + answer.text())
              .contains(String.valueOf(answer.status()));
          assertThat(answer.json().path("error").path("message").asString()).isNotEmpty();
          paths.add(template);
        };
    CreditProfile.operations().orElseThrow().forEach(each);
    assertThat(paths).hasSize(11);
  }
}
