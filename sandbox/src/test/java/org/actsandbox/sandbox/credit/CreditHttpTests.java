package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.HOTEL;
import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.actsandbox.sandbox.credit.CreditDesk.reason;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests credit association over HTTP, each test in a stopped world of its own. */
class CreditHttpTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private CreditDesk desk;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    desk = new CreditDesk(server, world);
  }

  /** Checks ACT CRD-1.a, CRD-1.b, CRD-1.c, CRD-3.a and CRD-6.d. */
  @Test
  void anAttestedCredentialHasTheOuterSignatureAloneAndPassesWithoutAuthorization() {
    var credential = desk.credential();
    assertThat(credential.path("creditSource").asString()).isEqualTo("ASSOCIATED_CREDIT");
    assertThat(credential.has("subjectSignature")).isFalse();
    assertThat(
            CreditProjection.ISSUER.verifies(
                credential,
                world.keys().publicKeys(World.CREDIT_ISSUER).getFirst(),
                credential.path("issuerSignature").asString()))
        .isTrue();
    var response = desk.verifyCredential(credential);
    assertThat(response.path("result").asString()).isEqualTo("PASS");
    assertThat(response.path("completedLevel").asString()).isEqualTo("CREDENTIAL");
    assertThat(response.toString()).doesNotContain("ASSOCIATED\"").doesNotContain("limit");
    assertThat(
            CreditProjection.RESPONSE.isProven(
                response, Set.of(World.CREDIT_VERIFIER.value()), world.directory()))
        .isTrue();
    CreditProfile.check("association-credential", credential);
    CreditProfile.check("verification-response", response);
    CreditProfile.check("credential-status", desk.status(credential));
    var held = "/credit-issuer/v1/association-credentials/" + id(credential);
    assertThat(ok(desk.get(held, desk.agent())).equals(credential)).as("the agent's own").isTrue();
    assertThat(desk.get(held, desk.merchant()).status()).as("not for others").isEqualTo(403);
  }

  /** Checks ACT CRD-5.c and CRD-6.a: the subject signs exactly this draft itself. */
  @Test
  void aDirectCredentialHasBothSignatures() {
    var application = desk.application("DIRECT_SIGNATURE");
    ok(desk.apply(application));
    CreditProfile.check("association-application", application);
    var at =
        "/credit-issuer/v1/association-applications/"
            + application.path("applicationId").asString();
    var prepared = ok(desk.post(at + "/preparations", "", desk.principal()));
    CreditProfile.check("direct-signing-payload", prepared.path("signingPayload"));
    var confirmation =
        Json.object()
            .put("confirmationMethod", "DIRECT_SIGNATURE")
            .put("subjectSignature", "AAAA")
            .put("subjectSignatureAlgorithm", "Ed25519");
    confirmation
        .putObject("subjectPublicKey")
        .put("keyId", World.PRINCIPAL.key(1))
        .put("format", "pem-spki")
        .put("value", "a key of the agent's");
    assertThat(desk.post(at + "/confirmations", confirmation, desk.principal()).status())
        .isEqualTo(401);
    var credential =
        (ObjectNode)
            ok(desk.confirm(application.path("applicationId").asString(), "246810"))
                .path("credential");
    assertThat(
            CreditProjection.SUBJECT.verifies(
                credential,
                world.keys().publicKeys(World.PRINCIPAL).getFirst(),
                credential.path("subjectSignature").asString()))
        .isTrue();
    assertThat(CreditProjection.SUBJECT.of(credential).equals(prepared.path("signingPayload")))
        .as("what was prepared is what was signed")
        .isTrue();
    assertThat(reason(desk.verifyCredential(credential))).isEqualTo("VERIFIED");
    CreditProfile.check("association-credential", credential);
    var changed = credential.deepCopy();
    changed.put("subjectSignature", credential.path("issuerSignature").asString());
    assertThat(reason(desk.verify(withCredential(changed)))).isEqualTo("ASSOCIATION_PROOF_INVALID");
  }

  /** Checks ACT CRD-5.a and CRD-5.b. */
  @Test
  void anApplicationIsCheckedBeforeAnyoneConfirmsIt() {
    var stranger = desk.application("ATTESTED_CONFIRMATION").put("agentId", "did:act:nobody");
    assertThat(code(desk.apply(stranger))).isEqualTo("relationship_unverified");
    var role = desk.application("ATTESTED_CONFIRMATION").put("associationRole", "FRIEND");
    assertThat(code(desk.apply(role))).isEqualTo("relationship_unverified");
    var evidence = desk.application("ATTESTED_CONFIRMATION");
    evidence.putArray("relationshipEvidenceRefs").add("urn:act:register:other");
    assertThat(code(desk.apply(evidence))).isEqualTo("relationship_unverified");
    var old =
        desk.application("ATTESTED_CONFIRMATION")
            .put("requestedAt", NOW.minusSeconds(301).toString());
    assertThat(desk.apply(old).status()).isEqualTo(400);
    var replayed = desk.application("ATTESTED_CONFIRMATION");
    replayed.remove("antiReplay");
    assertThat(desk.apply(replayed).status()).isEqualTo(400);

    var good = desk.application("ATTESTED_CONFIRMATION");
    ok(desk.apply(good));
    assertThat(ok(desk.apply(good)).equals(good)).as("the same message again").isTrue();
    assertThat(code(desk.apply(good.deepCopy().put("purpose", "OTHER"))))
        .isEqualTo("duplicate_request");
    var merchant = desk.post("/credit-issuer/v1/association-applications", good, desk.merchant());
    assertThat(merchant.status()).isEqualTo(403);
  }

  /** Checks ACT CRD-5.c: the PIN confirms what is shown, and no key but the principal's decides. */
  @Test
  void onlyThePinConfirmsAndOnlyWhatIsShown() {
    var application = desk.application("ATTESTED_CONFIRMATION");
    ok(desk.apply(application));
    var id = application.path("applicationId").asString();
    var path = "/credit/applications/" + id + "/confirmation";
    assertThat(desk.get(path, desk.agent()).status()).isEqualTo(403);
    assertThat(desk.confirm(id, "000000").status()).isEqualTo(401);
    var other = Json.object().put("decision", "APPROVE").put("digest", "x").put("pin", "246810");
    assertThat(code(desk.post(path, other, desk.principal()))).isEqualTo("approval_mismatch");
    var attested =
        Json.object()
            .put("confirmationMethod", "ATTESTED_CONFIRMATION")
            .put("attestationRef", "urn:act:credit-attestation:made-up");
    assertThat(
            desk.post(
                    "/credit-issuer/v1/association-applications/" + id + "/confirmations",
                    attested,
                    desk.agent())
                .status())
        .isEqualTo(401);
    var first = ok(desk.confirm(id, "246810"));
    assertThat(first.path("credential").path("agentId").asString()).isEqualTo(World.AGENT.value());
    var again = desk.post(path, other, desk.principal());
    assertThat(ok(again).path("credential").equals(first.path("credential"))).isTrue();
  }

  /** Checks ACT CRD-3.b, CRD-9.e, CRD-10.a, CRD-10.b and CRD-10.c. */
  @Test
  void theCreditLevelTellsTheMappedValueUnderAnAuthorizationAndNothingElse() {
    var credential = desk.credential();
    var authorization = desk.grant(desk.wish(5, 3600));
    CreditProfile.check("credit-query-authorization", authorization);
    var request = desk.creditRequest(credential, authorization.path("authorizationId").asString());
    var response = desk.verify(request);
    CreditProfile.check("verification-request", request);
    CreditProfile.check("verification-response", response);
    assertThat(reason(response)).isEqualTo("VERIFIED");
    assertThat(response.path("completedLevel").asString()).isEqualTo("ASSOCIATED_CREDIT");
    assertThat(response.path("associatedCreditValue").path("level").asString())
        .endsWith("-ASSOCIATED");
    assertThat(response.path("purposeLimited").asBoolean()).isTrue();
    assertThat(Instant.parse(response.path("expiresAt").asString())).isAfter(NOW);
    var statement = ok(desk.get("/credit/statements", desk.principal())).at("/items/0/statement");
    CreditProfile.check("subject-credit-assertion", statement);
    var report = statement.at("/creditPayload/reportNo").asString();
    assertThat(report).isNotEmpty();
    assertThat(response.toString())
        .doesNotContain(report)
        .doesNotContain("score")
        .doesNotContain(World.PRINCIPAL.value());
    assertThat(credential.toString()).doesNotContain(report).doesNotContain("score");
    assertThat(desk.get("/credit/statements", desk.agent()).status()).isEqualTo(403);
    assertThat(desk.get("/credit/statements", desk.merchant()).status()).isEqualTo(403);
  }

  /** Checks ACT CRD-7.a, CRD-7.d: the agent's own limit is far below the subject's. */
  @Test
  void theAgentGetsALimitOfItsOwn() {
    var credential = desk.credential();
    var subject = ok(desk.get("/credit/statements", desk.principal())).at("/items/0/statement");
    var limit = Double.parseDouble(credential.at("/associatedCreditValue/limit").asString());
    assertThat(limit)
        .isPositive()
        .isLessThanOrEqualTo(3000)
        .isLessThan(Double.parseDouble(subject.at("/creditPayload/creditLimit").asString()) / 4);
    assertThat(credential.at("/mappingPolicy/id").asString()).isEqualTo("sandbox-agent-credit");
    assertThat(credential.at("/mappingPolicy/version").asString()).isEqualTo("1.0");
  }

  /** Checks ACT CRD-9.a: each wrong request has its own reason. */
  @Test
  void aRequestIsAdmittedByProofTimeAndNovelty() {
    var credential = desk.credential();
    var unsigned = desk.signed(desk.request(credential, "CREDENTIAL"));
    ((ObjectNode) unsigned.path("requestProof")).put("signatureValue", "AAAA");
    assertThat(reason(desk.send(unsigned))).isEqualTo("REQUEST_PROOF_INVALID");

    var old = desk.request(credential, "CREDENTIAL");
    old.put("requestedAt", NOW.minusSeconds(301).toString());
    assertThat(reason(desk.verify(old))).isEqualTo("REQUEST_EXPIRED");

    var request = desk.request(credential, "CREDENTIAL");
    assertThat(reason(desk.verify(request))).isEqualTo("VERIFIED");
    assertThat(reason(desk.verify(request))).isEqualTo("REPLAY_DETECTED");
    var sameNonce = desk.request(credential, "CREDENTIAL");
    sameNonce.set("antiReplay", request.path("antiReplay"));
    assertThat(reason(desk.verify(sameNonce))).isEqualTo("REPLAY_DETECTED");

    var idempotent = desk.request(credential, "CREDENTIAL");
    idempotent.putObject("antiReplay").put("idempotencyKey", "key-of-the-hotel");
    var answer = desk.verify(idempotent);
    assertThat(desk.verify(idempotent).equals(answer)).as("the stored answer").isTrue();

    var noContext = desk.request(credential, "CREDENTIAL");
    noContext.putObject("businessContext");
    assertThat(reason(desk.verify(noContext))).isEqualTo("INVALID_REQUEST");
    var item = desk.request(credential, "CREDENTIAL");
    item.putArray("requestedDataItems").add("creditPayload");
    assertThat(reason(desk.verify(item))).isEqualTo("INVALID_REQUEST");
    var unknown = desk.request(credential, "CREDENTIAL").put("extra", 1);
    assertThat(desk.post("/credit-verifier/v1/verifications", desk.signed(unknown)).status())
        .isEqualTo(400);
  }

  /** Checks ACT CRD-9.b: the credential itself, and its agreement with the request. */
  @Test
  void aCredentialIsJudgedBySignatureAgentPurposeAndScope() {
    var credential = desk.credential();
    var missing = desk.request(credential, "CREDENTIAL");
    missing.putObject("credential").put("credentialId", "AC-NOTHING");
    assertThat(reason(desk.verify(missing))).isEqualTo("ASSOCIATION_CREDENTIAL_NOT_FOUND");

    assertThat(reason(desk.verify(withCredential(credential)))).isEqualTo("VERIFIED");
    var forged = credential.deepCopy();
    ((ObjectNode) forged.path("associatedCreditValue")).put("limit", "90000.00");
    assertThat(reason(desk.verify(withCredential(forged)))).isEqualTo("ASSOCIATION_PROOF_INVALID");

    var purpose = desk.request(credential, "CREDENTIAL").put("purpose", "LOAN");
    assertThat(reason(desk.verify(purpose))).isEqualTo("INVALID_REQUEST");
    var stranger = desk.request(credential, "CREDENTIAL").put("agentId", "did:act:nobody");
    assertThat(reason(desk.verify(stranger))).isEqualTo("AGENT_NOT_REGISTERED");
    var other = desk.request(credential, "CREDENTIAL").put("agentId", HOTEL.value());
    assertThat(reason(desk.verify(other))).isEqualTo("INVALID_REQUEST");

    var outside = desk.request(credential, "CREDENTIAL");
    outside.put("relyingPartyId", "did:act:raileast");
    CreditProjection.REQUEST.prove(outside, world.signer(Did.of("raileast")));
    assertThat(reason(desk.send(outside))).as("no hotel").isEqualTo("INVALID_REQUEST");
  }

  /** Checks ACT CRD-8.a, CRD-8.d and CRD-2.a: states on the principal's order. */
  @Test
  void thePrincipalSuspendsResumesWithThePinAndRevokes() {
    var credential = desk.credential();
    var id = id(credential);
    ok(desk.move(id, "suspend", _ -> {}));
    assertThat(reason(desk.verifyCredential(credential)))
        .isEqualTo("ASSOCIATION_CREDENTIAL_NOT_ACTIVE");
    assertThat(desk.move(id, "resume", _ -> {}).status()).as("without the PIN").isEqualTo(400);
    ok(desk.move(id, "resume", body -> body.put("pin", "246810")));
    assertThat(reason(desk.verifyCredential(credential))).isEqualTo("VERIFIED");
    ok(desk.move(id, "revoke", _ -> {}));
    assertThat(reason(desk.verifyCredential(credential)))
        .isEqualTo("ASSOCIATION_CREDENTIAL_NOT_ACTIVE");
    assertThat(code(desk.move(id, "resume", body -> body.put("pin", "246810"))))
        .isEqualTo("association_state");
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("REVOKED");
    assertThat(desk.status(credential).path("statusVersion").asInt()).isEqualTo(4);
  }

  /** Checks ACT CRD-2.a: an unsigned or foreign order changes nothing. */
  @Test
  void anOrderIsSignedByTheSubjectOrTheCreditService() {
    var credential = desk.credential();
    var path = "/credit-issuer/v1/association-credentials/" + id(credential) + "/revocations";
    var order = order(credential, HOTEL);
    CreditProjection.REQUEST.prove(order, world.signer(HOTEL));
    assertThat(code(desk.post(path, order))).isEqualTo("signature_invalid");
    var service = order(credential, World.CREDIT);
    CreditProjection.REQUEST.prove(service, world.signer(HOTEL));
    assertThat(code(desk.post(path, service))).isEqualTo("signature_invalid");
    CreditProjection.REQUEST.prove(service, world.signer(World.CREDIT));
    CreditProfile.check("status-change-request", service);
    assertThat(ok(desk.post(path, service)).path("status").asString()).isEqualTo("REVOKED");
    assertThat(code(desk.post(path, service))).isEqualTo("duplicate_request");
  }

  private ObjectNode order(JsonNode credential, Did by) {
    var order =
        Json.object()
            .put("requestId", "CO-1")
            .put("credentialId", id(credential))
            .put("targetStatus", "REVOKED")
            .put("reasonCode", "RISK")
            .put("requestedBy", by.value())
            .put("requestedAt", NOW.toString());
    order.putObject("antiReplay").put("nonce", "order-of-sixteen-characters");
    return order;
  }

  /** Checks ACT CRD-2.a: the end of the validity comes by the clock. */
  @Test
  void aCredentialExpiresByTheClock() {
    var credential = desk.credential();
    desk.advance(Duration.ofDays(300));
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("EXPIRED");
    assertThat(reason(desk.verifyCredential(credential)))
        .isEqualTo("ASSOCIATION_CREDENTIAL_NOT_ACTIVE");
  }

  /** Checks ACT CRD-5.e: a relationship that has ended suspends at the next check. */
  @Test
  void aRelationshipIsVerifiedAgain() {
    var made =
        ok(
            server.post(
                "/api/worlds/" + world.name() + "/agents",
                """
                {"name": "outsider", "jwk": {"kty": "OKP", "crv": "Ed25519",
                 "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}
                """,
                desk.operator()));
    var application = desk.application("ATTESTED_CONFIRMATION");
    application.put("agentId", made.path("agent_id").asString());
    application
        .putArray("relationshipEvidenceRefs")
        .add("urn:act:register:" + made.path("agent_id").asString().substring(8));
    ok(desk.apply(application));
    var credential =
        ok(desk.confirm(application.path("applicationId").asString(), "246810")).path("credential");
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("ACTIVE");
    assertThat(
            server
                .send(
                    "DELETE",
                    "/api/worlds/" + world.name() + "/agents/outsider",
                    null,
                    desk.operator())
                .status())
        .isBetween(200, 299);
    desk.advance(Duration.ofDays(30));
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("SUSPENDED");
    assertThat(desk.status(credential).path("reasonCode").asString())
        .isEqualTo("RELATIONSHIP_UNVERIFIED");
  }

  /** Checks ACT CRD-4.a, CRD-12.a, CRD-12.b and CRD-12.c. */
  @Test
  void anAuthorizationCoversWhatItNamesUntilItIsRevoked() {
    var credential = desk.credential();
    assertThat(reason(desk.verify(desk.request(credential, "ASSOCIATED_CREDIT"))))
        .isEqualTo("AUTHORIZATION_REQUIRED");
    assertThat(reason(desk.verifyCredit(credential, "QA-NOTHING")))
        .isEqualTo("AUTHORIZATION_REQUIRED");
    var id = desk.authorization();
    var platform = desk.creditRequest(credential, id);
    platform.remove("platformDelegateId");
    assertThat(reason(desk.verify(platform))).isEqualTo("AUTHORIZATION_SCOPE_MISMATCH");
    var item = desk.creditRequest(credential, id);
    item.putArray("requestedDataItems").add("associatedCreditValue").add("statusQuery");
    assertThat(reason(desk.verify(item))).isEqualTo("AUTHORIZATION_SCOPE_MISMATCH");
    assertThat(reason(desk.verifyCredit(credential, id))).isEqualTo("VERIFIED");
    var revoked =
        ok(desk.post("/credit-verifier/authorizations/" + id + "/revoke", "", desk.principal()));
    assertThat(revoked.path("status").asString()).isEqualTo("REVOKED");
    CreditProfile.check("credit-query-authorization", revoked);
    assertThat(reason(desk.verifyCredit(credential, id))).isEqualTo("AUTHORIZATION_REVOKED");
    var expiring = desk.grant(desk.wish(5, 60)).path("authorizationId").asString();
    desk.advance(Duration.ofDays(31));
    assertThat(reason(desk.verifyCredit(credential, expiring))).isEqualTo("AUTHORIZATION_EXPIRED");
  }

  /** Checks ACT CRD-4.a: the subject may sign authorization and revocation itself. */
  @Test
  void theSubjectSignsAuthorizationAndRevocationItself() {
    var credential = desk.credential();
    var authorization =
        desk.wish(5, 3600)
            .put("authorizationId", "QA-own")
            .put("authorizationVersion", "reference-v1")
            .put("subjectId", World.PRINCIPAL.value())
            .put("verificationLevel", "ASSOCIATED_CREDIT")
            .put("validFrom", NOW.toString())
            .put("status", "ACTIVE");
    var path = "/credit-verifier/v1/credit-query-authorizations";
    CreditProjection.AUTHORIZATION.prove(authorization, world.signer(World.AGENT));
    assertThat(code(desk.post(path, authorization, desk.principal())))
        .as("signed by the agent")
        .isEqualTo("signature_invalid");
    CreditProjection.AUTHORIZATION.prove(authorization, released());
    assertThat(desk.post(path, authorization, desk.agent()).status()).isEqualTo(403);
    CreditProfile.check(
        "credit-query-authorization", ok(desk.post(path, authorization, desk.principal())));
    assertThat(reason(desk.verifyCredit(credential, "QA-own"))).isEqualTo("VERIFIED");

    var order =
        Json.object()
            .put("requestId", "QR-1")
            .put("authorizationId", "QA-own")
            .put("subjectId", World.PRINCIPAL.value())
            .put("reasonCode", "SUBJECT_REQUEST")
            .put("requestedAt", NOW.toString());
    order.putObject("antiReplay").put("nonce", "revocation-of-sixteen");
    CreditProjection.REQUEST.prove(order, world.signer(HOTEL));
    assertThat(code(desk.post(path + "/QA-own/revocations", order))).isEqualTo("signature_invalid");
    CreditProjection.REQUEST.prove(order, released());
    CreditProfile.check("authorization-revocation-request", order);
    assertThat(ok(desk.post(path + "/QA-own/revocations", order)).path("status").asString())
        .isEqualTo("REVOKED");
    assertThat(reason(desk.verifyCredit(credential, "QA-own"))).isEqualTo("AUTHORIZATION_REVOKED");
  }

  private Signer released() {
    return world
        .principals()
        .signer(World.PRINCIPAL)
        .release(new PinCheckResult(true, World.PRINCIPAL, "test", NOW));
  }

  /** Checks ACT CRD-7.c and CRD-7.d: the credit service asserts what the credential says. */
  @Test
  void theCreditServiceAssertsWhatTheCredentialSays() {
    var credential = desk.credential();
    var path = "/credit/agent-assertions/" + id(credential);
    var assertion = ok(desk.get(path, desk.agent()));
    CreditProfile.check("agent-associated-credit-assertion", assertion);
    for (var member :
        List.of("subjectCreditAssertionRef", "associatedCreditValue", "mappingPolicy", "scope")) {
      assertThat(assertion.path(member).equals(credential.path(member))).as(member).isTrue();
    }
    assertThat(
            CreditProjection.ASSERTION.isProven(
                assertion, Set.of(World.CREDIT.value()), world.directory()))
        .isTrue();
    assertThat(desk.get(path, desk.merchant()).status()).isEqualTo(403);
  }

  /** Checks ACT CRD-11.a and CRD-11.b. */
  @Test
  void aPerRequestAuthorizationIsForOneRequestOnce() {
    var credential = desk.credential();
    var request = desk.request(credential, "ASSOCIATED_CREDIT");
    request.set("subjectCreditAssertionRef", credential.path("subjectCreditAssertionRef"));
    var id =
        desk.grant(desk.wishForOne(request.path("requestId").asString()))
            .path("authorizationId")
            .asString();
    var other = desk.creditRequest(credential, id);
    other.remove("platformDelegateId");
    assertThat(reason(desk.verify(other))).isEqualTo("AUTHORIZATION_SCOPE_MISMATCH");
    assertThat(reason(desk.verify(request.put("authorizationId", id)))).isEqualTo("VERIFIED");
    var again = request.deepCopy();
    again.putObject("antiReplay").put("nonce", "another-nonce-of-sixteen");
    assertThat(reason(desk.verify(again))).isEqualTo("REPLAY_DETECTED");
  }

  /** Checks ACT CRD-4.b and CRD-12.d: of fifty at once exactly the permitted number passes. */
  @Test
  void aWindowCountsExactlyUnderFiftyAtOnce() throws Exception {
    var credential = desk.credential();
    var id = desk.grant(desk.wish(7, 3600)).path("authorizationId").asString();
    var requests =
        IntStream.range(0, 50)
            .mapToObj(_ -> desk.signed(desk.creditRequest(credential, id)))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              requests.stream()
                  .map(each -> (Callable<String>) () -> reason(desk.send(each)))
                  .toList());
      var reasons = answers.stream().map(Future::resultNow).toList();
      assertThat(reasons).filteredOn("VERIFIED"::equals).hasSize(7);
      assertThat(reasons).filteredOn("AUTHORIZATION_SCOPE_MISMATCH"::equals).hasSize(43);
    }
    var granted = ok(desk.get("/credit-verifier/authorizations", desk.principal()));
    assertThat(granted.at("/items/0/used_in_window").asInt()).isEqualTo(7);
    desk.advance(Duration.ofHours(1));
    assertThat(reason(desk.verifyCredit(credential, id))).as("next window").isEqualTo("VERIFIED");
  }

  /** Checks ACT CRD-2.b, CRD-8.b, CRD-8.c and CRD-9.d. */
  @Test
  void anotherStatementSuspendsAndASuccessorReplaces() {
    var credential = desk.credential();
    var id = desk.authorization();
    ok(desk.post("/credit/corrections", "{\"score\": 641}", desk.operator()));
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("SUSPENDED");
    var review = desk.verifyCredit(credential, id);
    assertThat(reason(review)).isEqualTo("REVIEW_REQUIRED");
    assertThat(review.path("result").asString()).isEqualTo("REVIEW_REQUIRED");
    assertThat(code(desk.move(id(credential), "resume", body -> body.put("pin", "246810"))))
        .as("the principal does not end an assessment")
        .isEqualTo("association_state");
    ok(desk.post("/credit/corrections", "{\"score\": 640}", desk.operator()));
    assertThat(desk.get("/credit/applications", desk.agent()).status()).isEqualTo(403);
    var pending = ok(desk.get("/credit/applications", desk.principal())).path("items");
    assertThat(pending).as("one successor, although it has changed twice").hasSize(1);
    var waiting = pending.at("/0/application/applicationId").asString();
    var successor = ok(desk.confirm(waiting, "246810")).path("credential");
    assertThat(successor.path("previousCredentialRef").asString()).isEqualTo(id(credential));
    assertThat(successor.at("/associatedCreditValue/level").asString()).isEqualTo("C-ASSOCIATED");
    assertThat(desk.status(credential).path("status").asString()).isEqualTo("REVOKED");
    assertThat(reason(desk.verifyCredit(successor, id))).isEqualTo("VERIFIED");
  }

  /** Checks ACT CRD-7.b, CRD-8.c and CRD-9.e: a new version of the rule, and a forgotten one. */
  @Test
  void aRuleHasVersionsAndAForgottenOneIsInconclusive() {
    var credential = desk.credential();
    var id = desk.authorization();
    ok(desk.post("/credit/mapping-rules/1.0/retire", "", desk.operator()));
    var unknown = desk.verifyCredit(credential, id);
    assertThat(reason(unknown)).isEqualTo("MAPPING_POLICY_UNSUPPORTED");
    assertThat(unknown.path("result").asString()).isEqualTo("INCONCLUSIVE");
    var change = "{\"version\": \"1.1\", \"share_percent\": 10, \"retire_others\": true}";
    ok(desk.post("/credit/mapping-rules", change, desk.operator()));
    assertThat(desk.post("/credit/mapping-rules", change, desk.operator()).status())
        .as("a version is made once")
        .isEqualTo(409);
    assertThat(reason(desk.verifyCredit(credential, id))).isEqualTo("REVIEW_REQUIRED");
  }

  /**
   * Checks ACT CRD-9.e: the credit service is asked each time, even when the issuer was not told.
   */
  @Test
  void aWithdrawnStatementFailsEvenWhenTheIssuerWasNotTold() {
    var credential = desk.credential();
    var id = desk.authorization();
    desk.fault(
        "sandbox-credit-issuer", "/v1/association-credentials/" + id(credential) + "/suspensions");
    var statement =
        ok(desk.get("/credit/statements", desk.principal()))
            .at("/items/0/statement/assertionId")
            .asString();
    ok(desk.post("/credit/statements/" + statement + "/withdraw", "", desk.operator()));
    assertThat(reason(desk.verifyCredit(credential, id))).isEqualTo("CREDIT_ASSERTION_INVALID");
    assertThat(reason(desk.verifyCredential(credential)))
        .as("the credential level does not ask")
        .isEqualTo("VERIFIED");
  }

  /** Checks ACT CRD-7.c: what changed after it was shown is not signed. */
  @Test
  void aDraftThatIsOldByNowIsNotIssued() {
    var application = desk.application("ATTESTED_CONFIRMATION");
    ok(desk.apply(application));
    var id = application.path("applicationId").asString();
    var path = "/credit/applications/" + id + "/confirmation";
    var shown = ok(desk.get(path, desk.principal()));
    ok(desk.post("/credit/corrections", "{\"score\": 641}", desk.operator()));
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", shown.at("/pending/digest").asString())
            .put("pin", "246810");
    assertThat(code(desk.post(path, decision, desk.principal()))).isEqualTo("association_state");
    assertThat(
            ok(desk.confirm(id, "246810")).at("/credential/associatedCreditValue/level").asString())
        .isEqualTo("C-ASSOCIATED");
  }

  /** Checks ACT CRD-9.c: silence is never PASS. */
  @Test
  void aSilentCreditServiceIsInconclusive() {
    var credential = desk.credential();
    var id = desk.authorization();
    desk.fault("sandbox-credit", "/validity");
    var response = desk.verifyCredit(credential, id);
    assertThat(reason(response)).isEqualTo("CREDIT_ASSERTION_UNAVAILABLE");
    assertThat(response.path("result").asString()).isEqualTo("INCONCLUSIVE");
    desk.fault(
        "sandbox-credit-issuer", "/v1/association-credentials/" + id(credential) + "/status");
    assertThat(reason(desk.verifyCredential(credential))).isEqualTo("INCONCLUSIVE");
  }

  /** Checks ACT CRD-9.d: a relying party may want the subject's own signature. */
  @Test
  void tooWeakAConfirmationIsReviewed() {
    var request = desk.request(desk.credential(), "CREDENTIAL");
    ((ObjectNode) request.path("businessContext")).put("requiredConfirmation", "DIRECT_SIGNATURE");
    assertThat(reason(desk.verify(request))).isEqualTo("REVIEW_REQUIRED");
  }

  /** Checks ACT CRD-8.e and CRD-9.f: the principal sees who asked when, and records stay. */
  @Test
  void thePrincipalSeesWhoAskedWhen() {
    var credential = desk.credential();
    var response = desk.verifyCredential(credential);
    ok(desk.move(id(credential), "revoke", _ -> {}));
    desk.verifyCredential(credential);
    var asked = ok(desk.get("/credit-verifier/verifications", desk.principal())).path("items");
    assertThat(asked.size()).isEqualTo(2);
    assertThat(List.of(asked.get(0), asked.get(1)))
        .extracting(each -> each.path("result").asString())
        .containsExactlyInAnyOrder("PASS", "FAIL");
    assertThat(asked.toString())
        .contains(response.path("verificationRecordId").asString())
        .contains(HOTEL.value());
    assertThat(ok(desk.get("/credit-verifier/verifications", desk.merchant())).path("items").size())
        .isEqualTo(2);
    assertThat(desk.get("/credit-verifier/verifications", desk.agent()).status()).isEqualTo(403);
  }

  private ObjectNode withCredential(JsonNode credential) {
    var request = desk.request(credential, "CREDENTIAL");
    request.set("credential", credential);
    return request;
  }

  private static String code(SandboxServer.Answer answer) {
    return answer.json().path("error").path("details").path("code").asString();
  }
}
