package org.actsandbox.merchants.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.merchants.toy.HeaderSchemas;
import org.actsandbox.merchants.toy.ToyPsp;
import org.actsandbox.merchants.toy.ToyTest;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Every way a proof can be no good (ACT A402-2, A402-6): never goods, always the reason. */
class ProofRefusalTests extends ToyTest {

  private static Arguments bad(String code, String what, Function<Case, String> header) {
    return Arguments.of(code, what, header);
  }

  private record Case(ToyPsp psp, Bill bill, Bill otherBill) {

    ProofClaims honest() {
      return psp.claims(bill, "T-honest");
    }

    String claiming(String member, Object value) {
      var tree = (ObjectNode) Json.tree(honest());
      tree.set(member, Json.tree(value));
      return ToyPsp.header(Json.read(tree, ProofClaims.class), psp.signer());
    }

    /** An honest proof whose unsigned wrapping says something else. */
    String showing(String member, Object value) {
      var tree = (ObjectNode) Json.tree(ToyPsp.shown(honest(), psp.signer()));
      ((ObjectNode) tree.get("protocol")).set(member, Json.tree(value));
      return Headers.encode(tree);
    }
  }

  static Stream<Arguments> badProofs() {
    return Stream.of(
        bad("header_malformed", "empty", _ -> " "),
        bad("header_too_large", "far too long", _ -> "A".repeat(Headers.MAX_LENGTH + 1)),
        bad("header_malformed", "padded", c -> c.psp().proof(c.bill()) + "=="),
        bad("header_malformed", "not base64url", _ -> "++//++"),
        bad("header_malformed", "not UTF-8", _ -> encoded(new byte[] {(byte) 0xc3, 0x28})),
        bad("header_malformed", "not JSON", _ -> encoded("proof")),
        bad("header_malformed", "an array", _ -> encoded("[]")),
        bad("header_malformed", "one layer", _ -> encoded("{\"protocol\":{}}")),
        bad("header_malformed", "no members", _ -> encoded("{\"protocol\":{},\"method\":{}}")),
        bad("header_malformed", "a number as trade", c -> c.showing("trade_no", Map.of())),
        bad("method_unsupported", "other method", c -> c.showing("method_id", "x:y")),
        bad("method_unsupported", "other version", c -> c.showing("method_version", "2.0.0")),
        bad("proof_invalid", "no JWS", c -> c.showing("payment_proof", "AAAA")),
        bad("proof_invalid", "tampered", ProofRefusalTests::tampered),
        bad("proof_invalid", "somebody's key", ProofRefusalTests::foreignKey),
        bad("proof_invalid", "another issuer", c -> c.claiming("iss", "did:act:other-pay")),
        bad("proof_expired", "expired", c -> c.claiming("expires_at", "2026-11-25T08:00:00Z")),
        bad("proof_invalid", "of tomorrow", c -> c.claiming("issued_at", "2026-11-26T08:00:00Z")),
        bad("proof_mismatch", "another payee", c -> c.claiming("aud", "did:act:bazaar88")),
        bad("proof_mismatch", "another order", c -> c.psp().proof(c.otherBill())),
        bad("proof_mismatch", "another resource", c -> c.claiming("resource_id", "fulfilment/x")),
        bad("proof_mismatch", "less money", c -> c.claiming("amount", "0.01")),
        bad("proof_mismatch", "other money", c -> c.claiming("currency", "USD")),
        bad("proof_mismatch", "another buyer", c -> c.claiming("sub", "did:act:thief")),
        bad("proof_mismatch", "another method", c -> c.claiming("request_method", "POST")),
        bad(
            "proof_mismatch",
            "another request",
            c -> c.claiming("request_fingerprint", "sha-256:" + "B".repeat(43))),
        bad("proof_mismatch", "shown trade", c -> c.showing("trade_no", "T-other")),
        bad("proof_mismatch", "shown order", c -> c.showing("out_trade_no", "S-other")),
        bad("proof_mismatch", "shown buyer", c -> c.showing("buyer_unique_id", "did:act:thief")),
        bad(
            "proof_mismatch",
            "shown expiry",
            c -> c.showing("expires_at", "2027-01-01T00:00:00Z")));
  }

  /** Checks ACT A402-6.b, A402-6.d and A402-6.e. */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badProofs")
  void isAnsweredWithTheBillAndTheReason(String code, String what, Function<Case, String> proof) {
    var order = agent.orders();
    var bill = agent.billed(order);
    var header = proof.apply(new Case(world.psp(), bill, agent.billed(agent.orders())));

    var answer = agent.shows(order, header);

    assertThat(answer.status()).as(what).isEqualTo(402);
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.bill()).isEqualTo(bill);
    HeaderSchemas.assertValidation(answer.decoded(Headers.PAYMENT_VALIDATION));
    assertThat(answer.facts().path("validation_status").asString()).isEqualTo("INVALID");
    assertThat(answer.facts().path("delivery_status").asString()).isEqualTo("NOT_STARTED");
    assertThat(agent.looksAt(order).status()).isEqualTo(OrderStatus.HELD);
    assertThat(world.events()).contains("proof-refused").doesNotContain("delivered");
  }

  /** ACT A402-5: the body is a part of the request that was billed. Checks ACT A402-6.d. */
  @Test
  void aProofShownWithAnotherBodyIsRefusedAndWithTheBilledOneTaken() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billed(order));
    var shown = Map.of(Headers.PAYMENT_PROOF, proof);

    var other =
        agent.getsWith("{}".getBytes(StandardCharsets.UTF_8), "/" + order.resourceId(), shown);
    assertThat(other.status()).isEqualTo(402);
    assertThat(other.code()).isEqualTo("proof_mismatch");

    assertThat(agent.getsWith(new byte[0], "/" + order.resourceId(), shown).status())
        .isEqualTo(200);
  }

  @Test
  void aProofThatTimedOutMeanwhileIsRefused() {
    var order = agent.orders();
    var bill = agent.billed(order);
    var proof = world.psp().proof(bill, "T-1", c -> expiring(c, Duration.ofMinutes(2)));
    world.advance(Duration.ofMinutes(2));
    assertThat(agent.shows(order, proof).code()).isEqualTo("proof_expired");
  }

  private static ProofClaims expiring(ProofClaims claims, Duration after) {
    var tree = (ObjectNode) Json.tree(claims);
    tree.set("expires_at", Json.tree(claims.issuedAt().plus(after)));
    return Json.read(tree, ProofClaims.class);
  }

  @ParameterizedTest
  @CsvSource({"true, 200", "false, 402"})
  void onlineVerificationHasTheLastWordWhenTheWorldAsksForIt(boolean active, int status) {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billed(order));
    world.verifyOnline.set(true);
    world.psp().proofsActive = active;
    assertThat(agent.shows(order, proof).status()).isEqualTo(status);
  }

  @Test
  void aSilentPspLeavesTheVerdictOpenAndAsksForNoSecondPayment() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billed(order));
    world.verifyOnline.set(true);
    agent.shows(agent.orders(), proof); // brings the key set
    world.psp().failWith = 503;

    var answer = agent.shows(order, proof);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.has(Headers.PAYMENT_NEEDED)).isFalse();
    assertThat(answer.facts().path("validation_status").asString()).isEqualTo("UNKNOWN");
    world.psp().failWith = 0;
    assertThat(agent.shows(order, proof).status()).isEqualTo(200);
  }

  private static String tampered(Case c) {
    var proof = ToyPsp.shown(c.honest(), c.psp().signer()).protocol().paymentProof();
    var jws = new String(Base64.getUrlDecoder().decode(proof), StandardCharsets.US_ASCII);
    var parts = jws.split("\\.", -1);
    var claims = Json.tree(c.psp().claims(c.bill(), "T-richer"));
    return c.showing(
        "payment_proof", encoded(parts[0] + "." + encoded(claims.toString()) + "." + parts[2]));
  }

  private static String foreignKey(Case c) {
    return ToyPsp.header(c.honest(), new Ed25519KeyPair(Did.of("thief").key(1), new byte[32]));
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
