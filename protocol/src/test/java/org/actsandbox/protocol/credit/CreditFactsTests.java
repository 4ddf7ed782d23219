package org.actsandbox.protocol.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the messages of credit association, their states, reasons and signatures. */
class CreditFactsTests {

  private static final Ed25519KeyPair SUBJECT = key("did:act:principal#key-1", 1);
  private static final Ed25519KeyPair ISSUER = key("did:act:issuer#key-1", 2);
  private static final KeySet KEYS = KeySet.of(List.of(SUBJECT.publicKey(), ISSUER.publicKey()));
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  private static Ed25519KeyPair key(String id, int seed) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new Ed25519KeyPair(id, bytes);
  }

  /** Checks ACT CRD-2.a: the complete table of moves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PENDING   | ACTIVE REVOKED EXPIRED
          ACTIVE    | SUSPENDED REVOKED EXPIRED
          SUSPENDED | ACTIVE REVOKED EXPIRED
          REVOKED   |
          EXPIRED   |
          """)
  void followsTheTableOfStates(AssociationState from, String to) {
    assertThat(from.successors())
        .extracting(Enum::name)
        .containsExactlyInAnyOrder(to == null ? new String[0] : to.split(" ", -1));
    assertThat(from.isFinal()).isEqualTo(to == null);
  }

  /** Checks ACT CRD-3.c: each of the eighteen reasons explains one result. */
  @Test
  void eachReasonExplainsOneResult() {
    assertThat(CreditReason.values()).hasSize(18);
    assertThat(
            Arrays.stream(CreditReason.values()).filter(each -> each.result() == CreditResult.PASS))
        .containsExactly(CreditReason.VERIFIED);
    assertThat(
            Arrays.stream(CreditReason.values())
                .filter(each -> each.result() == CreditResult.INCONCLUSIVE))
        .containsExactly(
            CreditReason.CREDIT_ASSERTION_UNAVAILABLE,
            CreditReason.MAPPING_POLICY_UNSUPPORTED,
            CreditReason.INCONCLUSIVE);
    assertThat(CreditReason.REVIEW_REQUIRED.result()).isEqualTo(CreditResult.REVIEW_REQUIRED);
  }

  /** Checks ACT CRD-6.a, CRD-6.b and CRD-6.c, member by member. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "credentialId",
        "associationApplicationId",
        "agentId",
        "subjectId",
        "associationRole",
        "issuerId",
        "relationshipEvidenceRef",
        "confirmationMethod",
        "subjectCreditAssertionRef",
        "creditSource",
        "confirmationStatement",
        "purpose",
        "issuedAt",
        "validFrom",
        "expiresAt",
        "associationApplicationRequestedAt"
      })
  void bothSignaturesCoverEachCoreMember(String member) {
    var signed = direct();
    assertThat(subjectHolds(signed)).isTrue();
    assertThat(issuerHolds(signed)).isTrue();
    signed.put(member, "another");
    assertThat(subjectHolds(signed)).as("inner").isFalse();
    assertThat(issuerHolds(signed)).as("outer").isFalse();
  }

  /** Checks ACT CRD-6.b: the outer signature covers the inner one with its key. */
  @Test
  void theOuterSignatureCoversTheInnerOne() {
    var other = direct();
    other.put("subjectSignature", "x" + other.path("subjectSignature").asString().substring(1));
    assertThat(issuerHolds(other)).isFalse();
    var otherKey = direct();
    ((ObjectNode) otherKey.path("subjectPublicKey")).put("keyId", "did:act:principal#key-2");
    assertThat(issuerHolds(otherKey)).isFalse();
    assertThat(subjectHolds(otherKey)).as("the inner one stands alone").isTrue();
  }

  /** Checks ACT CRD-6.c: no change of state breaks a signature. */
  @Test
  void predecessorAndStatusAddressAreNotCoveredByTheIssuer() {
    var moved = direct();
    moved.put("previousCredentialRef", "AC-0");
    assertThat(subjectHolds(moved)).isTrue();
    assertThat(issuerHolds(moved)).isTrue();
    moved.putObject("statusQuery").put("uri", "https://elsewhere.example/status");
    assertThat(issuerHolds(moved)).isTrue();
  }

  /** Checks ACT CRD-1.a, CRD-1.b, CRD-5.d and CRD-6.d. */
  @Test
  void aCredentialWithoutWhatItMustHaveIsRefused() {
    assertThat(isCredential(_ -> {})).isTrue();
    assertThat(isCredential(each -> each.put("creditSource", "AGENT_INDEPENDENT_CREDIT")))
        .isFalse();
    assertThat(isCredential(each -> each.remove("mappingPolicy"))).isFalse();
    assertThat(isCredential(each -> each.remove("subjectCreditAssertionRef"))).isFalse();
    assertThat(isCredential(each -> each.remove("associatedCreditValue"))).isFalse();
    assertThat(isCredential(each -> each.put("confirmationStatement", ""))).isFalse();
    assertThat(isCredential(each -> each.remove("subjectSignature"))).isFalse();
    assertThat(isCredential(each -> each.put("agentPublicKey", "no core member"))).isFalse();
    assertThat(isCredential(each -> each.put("confirmationMethod", "ATTESTED_CONFIRMATION")))
        .as("an attested one has no subject's signature")
        .isFalse();
    assertThat(isCredential(each -> each.put("expiresAt", "2020-01-01T00:00:00Z"))).isFalse();
    assertThat(isCredential(each -> each.putArray("scope"))).isFalse();
    assertThat(isCredential(each -> each.putArray("scope").add("a").add("a"))).isFalse();
  }

  /** Checks ACT CRD-11.a and CRD-12.a: each mode has its own members. */
  @Test
  void eachModeOfAnAuthorizationHasItsOwnMembers() {
    assertThat(isAuthorization("PER_REQUEST", each -> each.put("boundRequestId", "Q-1"))).isTrue();
    assertThat(isAuthorization("PER_REQUEST", _ -> {})).isFalse();
    assertThat(
            isAuthorization(
                "PER_REQUEST",
                each -> each.put("boundRequestId", "Q-1").put("platformDelegateId", "did:act:p")))
        .isFalse();
    assertThat(isAuthorization("PLATFORM_DELEGATED", CreditFactsTests::delegate)).isTrue();
    assertThat(
            isAuthorization(
                "PLATFORM_DELEGATED", each -> each.put("platformDelegateId", "did:act:p")))
        .as("without a frequency")
        .isFalse();
    assertThat(
            isAuthorization(
                "PLATFORM_DELEGATED",
                each -> {
                  delegate(each);
                  each.put("boundRequestId", "Q-1");
                }))
        .isFalse();
    assertThat(
            isAuthorization(
                "PLATFORM_DELEGATED",
                each -> {
                  delegate(each);
                  ((ObjectNode) each.path("frequencyLimit")).put("maxRequestsPerWindow", 0);
                }))
        .isFalse();
    assertThat(
            isAuthorization(
                "PER_REQUEST",
                each -> {
                  each.put("boundRequestId", "Q-1");
                  ((ObjectNode) each.path("resultUseRestrictions")).put("mayStore", true);
                }))
        .as("stored without an end")
        .isFalse();
  }

  private static void delegate(ObjectNode authorization) {
    authorization.put("platformDelegateId", "did:act:p");
    authorization
        .putObject("frequencyLimit")
        .put("maxRequestsPerWindow", 5)
        .put("windowDurationSeconds", 3600);
  }

  /** Checks ACT CRD-12.d: windows follow each other from the start of the authorization. */
  @Test
  void windowsFollowEachOtherWithoutGaps() {
    var limit = new FrequencyLimit(5, 3600);
    assertThat(limit.window(START, START)).isZero();
    assertThat(limit.window(START, START.plusMillis(3_599_999))).isZero();
    assertThat(limit.window(START, START.plusSeconds(3600))).isOne();
    assertThat(limit.nextWindow(START, START.plusSeconds(10))).isEqualTo(START.plusSeconds(3600));
    assertThat(limit.window(START, START.minusMillis(1))).isEqualTo(-1);
  }

  /** Checks the proof of messages: another signer, key, algorithm or spelling is none. */
  @Test
  void aProofIsThatOfTheNamedSigner() {
    var message = Json.object().put("requestId", "Q-1").put("credentialId", "AC-1");
    CreditProjection.REQUEST.prove(message, SUBJECT);
    var subject = Set.of("did:act:principal");
    assertThat(CreditProjection.REQUEST.isProven(message, subject, KEYS)).isTrue();
    assertThat(CreditProjection.REQUEST.isProven(message, Set.of("did:act:issuer"), KEYS))
        .isFalse();
    assertThat(CreditProjection.REQUEST.isProven(message.deepCopy().put("x", 1), subject, KEYS))
        .isFalse();
    var proof = (ObjectNode) message.path("requestProof");
    var value = proof.path("signatureValue").asString();
    proof.put("signatureValue", value + "=");
    assertThat(CreditProjection.REQUEST.isProven(message, subject, KEYS)).isFalse();
    proof.put("signatureValue", value).put("signatureAlgorithm", "ES256");
    assertThat(CreditProjection.REQUEST.isProven(message, subject, KEYS)).isFalse();
    proof.put("signatureAlgorithm", "Ed25519").remove("keyId");
    assertThat(CreditProjection.REQUEST.isProven(message, subject, KEYS)).isFalse();
  }

  @Test
  void aKeySurvivesPem() {
    var pem = Ed25519Pem.write(SUBJECT.publicKey());
    var read = Ed25519Pem.read(SUBJECT.signerId(), pem);
    var text = "text".getBytes(StandardCharsets.UTF_8);
    assertThat(read.verifies(text, SUBJECT.sign(text))).isTrue();
    assertThatThrownBy(() -> Ed25519Pem.read("x", "not a key"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ed25519Pem.read("x", pem.replace("MCow", "MCox")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Checks the worked example of docs/credit.md, byte by byte. */
  @Test
  void theWorkedExampleOfTheDocumentHolds() throws IOException {
    var page = Files.readString(Path.of("../docs/credit.md"));
    var text =
        page.lines().filter(line -> line.startsWith("{\"agentId\"")).findFirst().orElseThrow();
    var proof =
        page.lines().filter(line -> line.startsWith("\"requestProof\"")).findFirst().orElseThrow();
    var message = (ObjectNode) Json.parse(text.substring(0, text.length() - 1) + "," + proof + "}");
    var lodge =
        KeySet.parse(
            """
            {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "did:act:lodge#key-1",
              "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
            """);
    assertThat(CreditProjection.REQUEST.bytes(message))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8))
        .hasSize(369);
    assertThat(CreditProjection.REQUEST.isProven(message, Set.of("did:act:lodge"), lodge)).isTrue();
    for (var projection : CreditProjection.values()) {
      assertThat(page)
          .contains(projection.omitted().stream().map(each -> "`" + each + "`").toList());
    }
  }

  private static boolean subjectHolds(ObjectNode credential) {
    return CreditProjection.SUBJECT.verifies(
        credential, SUBJECT.publicKey(), credential.path("subjectSignature").asString());
  }

  private static boolean issuerHolds(ObjectNode credential) {
    return CreditProjection.ISSUER.verifies(
        credential, ISSUER.publicKey(), credential.path("issuerSignature").asString());
  }

  private static ObjectNode direct() {
    var credential =
        new AssociationCredential(
            "AC-1",
            CreditMessageRules.VERSION,
            "AA-1",
            "did:act:demo-agent",
            "did:act:principal",
            "OPERATOR",
            "did:act:issuer",
            "urn:act:register:demo-agent",
            ConfirmationMethod.DIRECT_SIGNATURE,
            "urn:act:credit-statement:CS-1",
            Json.object().put("level", "A-ASSOCIATED"),
            AssociationCredential.SOURCE,
            new MappingPolicy("rule", "1.0"),
            "The subject confirms this association.",
            "HOTEL_DEPOSIT",
            List.of("kind:hotel"),
            START,
            new AntiReplay("nonce-of-sixteen-characters", null),
            null,
            null,
            null,
            START,
            START,
            START.plusSeconds(86_400),
            new StatusAddress("http://localhost/status", "GET"),
            null,
            null,
            null);
    var json = (ObjectNode) Json.tree(credential);
    json.put("subjectSignature", CreditProjection.SUBJECT.signature(json, SUBJECT));
    json.put("subjectSignatureAlgorithm", "Ed25519");
    json.set(
        "subjectPublicKey",
        Json.tree(
            new SubjectKey(SUBJECT.signerId(), "pem-spki", Ed25519Pem.write(SUBJECT.publicKey()))));
    json.put("issuerSignature", CreditProjection.ISSUER.signature(json, ISSUER));
    json.put("issuerSignatureAlgorithm", "Ed25519");
    return json;
  }

  private static boolean isCredential(Consumer<ObjectNode> change) {
    var credential = direct();
    change.accept(credential);
    return accepts(
        () ->
            CreditMessageRules.check(
                JsonMessage.bind(
                    credential, AssociationCredential.class, "", Problem.INVALID_FIELD)));
  }

  private static boolean isAuthorization(String mode, Consumer<ObjectNode> change) {
    var authorization =
        Json.object()
            .put("authorizationId", "QA-1")
            .put("authorizationVersion", "reference-v1")
            .put("mode", mode)
            .put("subjectId", "did:act:principal")
            .put("verificationLevel", "ASSOCIATED_CREDIT")
            .put("purpose", "HOTEL_DEPOSIT")
            .put("validFrom", START.toString())
            .put("expiresAt", START.plusSeconds(3600).toString())
            .put("status", "ACTIVE");
    authorization.putArray("relyingPartyIds").add("did:act:hotel");
    authorization.putArray("agentIds").add("did:act:demo-agent");
    authorization.putArray("allowedDataItems").add("associatedCreditValue");
    authorization
        .putObject("resultUseRestrictions")
        .put("mayStore", false)
        .put("mayTransfer", false);
    CreditProjection.AUTHORIZATION.prove(authorization, SUBJECT);
    change.accept(authorization);
    return accepts(
        () ->
            JsonMessage.bind(
                authorization, CreditQueryAuthorization.class, "", Problem.INVALID_FIELD));
  }

  private static boolean accepts(Runnable check) {
    try {
      check.run();
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }
}
