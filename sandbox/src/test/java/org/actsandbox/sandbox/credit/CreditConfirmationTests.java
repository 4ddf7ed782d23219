package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.HOTEL;
import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.actsandbox.sandbox.credit.CreditDesk.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests that a request for credit waits for its subject to confirm it (ACT CRD-11). */
class CreditConfirmationTests {

  private static final String WAITING = "/credit-verifier/authorizations/waiting";

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private CreditDesk desk;
  private JsonNode credential;

  @BeforeEach
  void begin() {
    world = server.newWorld(Instant.parse("2026-03-02T01:00:00Z"));
    desk = new CreditDesk(server, world);
    credential = desk.credential();
  }

  /** Checks ACT CRD-11.a and CRD-11.c: it is told, confirmed with the PIN and answered at once. */
  @Test
  void theSubjectConfirmsARequestWhileItWaits() {
    var request = request();
    var answer = sent(request, 15);
    var waiting = waiting();
    assertThat(waiting.path("relying_party_id").asString()).isEqualTo(HOTEL.value());
    assertThat(waiting.at("/business_context/orderId").asString()).isEqualTo("O-1");
    var content = waiting.path("content");
    assertThat(content.path("boundRequestId").asString())
        .isEqualTo(request.path("requestId").asString());
    assertThat(content.path("mode").asString()).isEqualTo("PER_REQUEST");

    assertThat(decide(waiting, "APPROVE", "000000").status()).as("a wrong PIN").isEqualTo(401);
    assertThat(answer).isNotDone();
    var granted = ok(decide(waiting, "APPROVE", "246810"));
    CreditProfile.check("credit-query-authorization", granted);

    var response = ok(answer.join());
    assertThat(reason(response)).isEqualTo("VERIFIED");
    assertThat(response.path("completedLevel").asString()).isEqualTo("ASSOCIATED_CREDIT");
    CreditProfile.check("verification-response", response);
    var asked = ok(desk.get("/credit-verifier/verifications", desk.principal()));
    assertThat(asked.at("/items/0/authorization_id").asString())
        .isEqualTo(granted.path("authorizationId").asString());
    assertThat(items()).as("it waits no more").isEmpty();
    assertThat(decide(waiting, "APPROVE", "246810").status()).isEqualTo(404);
  }

  /** Checks ACT CRD-11.b: what was confirmed for one request serves no other. */
  @Test
  void theConfirmationServesNoSecondRequest() {
    var answer = sent(request(), 15);
    var granted = ok(decide(waiting(), "APPROVE", "246810"));
    ok(answer.join());
    var other = request().put("authorizationId", granted.path("authorizationId").asString());
    assertThat(reason(desk.verify(other))).isEqualTo("AUTHORIZATION_SCOPE_MISMATCH");
  }

  @Test
  void aDeclinedRequestIsNotAuthorized() {
    var answer = sent(request(), 15);
    var waiting = waiting();
    assertThat(decide(waiting, "DECLINE", null).status()).isEqualTo(204);
    assertThat(reason(ok(answer.join()))).isEqualTo("AUTHORIZATION_REQUIRED");
  }

  /** Checks ACT CRD-9.c: silence of the subject is no permission. */
  @Test
  void aRequestThatNoOneDecidesIsNotAuthorized() {
    assertThat(reason(ok(sent(request(), 1).join()))).isEqualTo("AUTHORIZATION_REQUIRED");
    assertThat(items()).isEmpty();
  }

  /** Checks ACT CRD-8.a: the credential is judged again after the wait. */
  @Test
  void aCredentialThatEndsMeanwhileIsNotActive() {
    var answer = sent(request(), 15);
    var waiting = waiting();
    ok(desk.move(id(credential), "revoke", _ -> {}));
    ok(decide(waiting, "APPROVE", "246810"));
    assertThat(reason(ok(answer.join()))).isEqualTo("ASSOCIATION_CREDENTIAL_NOT_ACTIVE");
  }

  @Test
  void onlyTheSubjectSeesAndDecidesAndOnlyWhatIsShown() {
    var answer = sent(request(), 15);
    var waiting = waiting();
    assertThat(desk.get(WAITING, desk.agent()).status()).isEqualTo(403);
    assertThat(desk.get(WAITING, desk.merchant()).status()).isEqualTo(403);
    var path = WAITING + "/" + waiting.path("verification_record_id").asString();
    var body = Json.object().put("decision", "APPROVE").put("digest", "x").put("pin", "246810");
    assertThat(desk.post(path, body, desk.principal()).status()).isEqualTo(409);
    assertThat(
            desk.post(path, body, SandboxServer.bearer(world.roleKey(Role.AGENT, null))).status())
        .isEqualTo(403);
    assertThat(decide(waiting, "CLOSE", null).status()).isEqualTo(400);
    ok(decide(waiting, "APPROVE", "246810"));
    assertThat(reason(ok(answer.join()))).isEqualTo("VERIFIED");
  }

  /** Checks ACT CRD-9.a: an unproven request, or one about nothing, disturbs no subject. */
  @Test
  void aRequestThatCouldNotPassAnywayDisturbsNoOne() {
    var unsigned = desk.signed(request());
    ((ObjectNode) unsigned.path("requestProof")).put("signatureValue", "AAAA");
    assertThat(reason(ok(posted(unsigned, 15)))).isEqualTo("REQUEST_PROOF_INVALID");
    var other = desk.signed(request().put("subjectCreditAssertionRef", "urn:act:other"));
    assertThat(reason(ok(posted(other, 15)))).isEqualTo("AUTHORIZATION_REQUIRED");
    var impatient = desk.signed(request());
    assertThat(reason(desk.send(impatient))).isEqualTo("AUTHORIZATION_REQUIRED");
  }

  private ObjectNode request() {
    var request = desk.request(credential, "ASSOCIATED_CREDIT");
    request.set("subjectCreditAssertionRef", credential.path("subjectCreditAssertionRef"));
    return request;
  }

  private CompletableFuture<SandboxServer.Answer> sent(ObjectNode request, int seconds) {
    var signed = desk.signed(request);
    return CompletableFuture.supplyAsync(
        () -> posted(signed, seconds), task -> Thread.ofVirtual().start(task));
  }

  private SandboxServer.Answer posted(ObjectNode signed, int seconds) {
    return desk.post("/credit-verifier/v1/verifications", signed, "Prefer", "wait=" + seconds);
  }

  private JsonNode waiting() {
    await().until(() -> !items().isEmpty());
    return items().get(0);
  }

  private JsonNode items() {
    return ok(desk.get(WAITING, desk.principal())).path("items");
  }

  private SandboxServer.Answer decide(JsonNode waiting, String decision, @Nullable String pin) {
    var body = Json.object().put("decision", decision);
    if (pin != null) {
      body.put("pin", pin);
    }
    body.put("digest", waiting.path("digest").asString());
    return desk.post(
        WAITING + "/" + waiting.path("verification_record_id").asString(), body, desk.principal());
  }
}
