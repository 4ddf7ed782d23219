package org.actsandbox.merchants.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.merchants.toy.HeaderSchemas;
import org.actsandbox.merchants.toy.ToyPsp;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests every way in which a proof can be bad (ACT A402-2, A402-6): it never delivers, and the
 * answer always says why.
 */
class ProofRefusalTests extends ToyTestBase {

  private static final Map<String, ?> OTHER_PSP =
      Map.of("method", Map.of("psp_id", "did:act:evil"));

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

    /** Returns an honest proof with more layers beside the protocol's. */
    String layered(Map<String, ?> layers) {
      var tree = (ObjectNode) Json.tree(ToyPsp.shown(honest(), psp.signer()));
      layers.forEach((name, layer) -> tree.set(name, Json.tree(layer)));
      return A402Headers.encode(tree);
    }

    /** Returns an honest proof with a changed member in its unsigned wrapping. */
    String showing(String member, Object value) {
      var tree = (ObjectNode) Json.tree(ToyPsp.shown(honest(), psp.signer()));
      ((ObjectNode) tree.get("protocol")).set(member, Json.tree(value));
      return A402Headers.encode(tree);
    }
  }

  static Stream<Arguments> badProofs() {
    return Stream.of(
        bad("header_malformed", "empty", _ -> " "),
        bad("header_too_large", "far too long", _ -> "A".repeat(A402Headers.MAX_LENGTH + 1)),
        bad("header_malformed", "padded", c -> c.psp().proof(c.bill()) + "=="),
        bad("header_malformed", "not base64url", _ -> "++//++"),
        bad("header_malformed", "not UTF-8", _ -> encoded(new byte[] {(byte) 0xc3, 0x28})),
        bad("header_malformed", "not JSON", _ -> encoded("proof")),
        bad("header_malformed", "an array", _ -> encoded("[]")),
        bad("header_malformed", "one layer", _ -> encoded("{\"protocol\":{}}")),
        bad("header_malformed", "no members", _ -> encoded("{\"protocol\":{},\"method\":{}}")),
        bad("header_malformed", "a number as trade", c -> c.showing("trade_no", Map.of())),
        bad("header_malformed", "unknown member", c -> c.showing("colour", "red")),
        bad("header_malformed", "third layer", c -> c.layered(Map.of("colour", "red"))),
        bad("header_malformed", "empty method", c -> c.layered(Map.of("method", Map.of()))),
        bad("method_unsupported", "another service", c -> c.layered(OTHER_PSP)),
        bad("method_unsupported", "other method", c -> c.showing("method_id", "x:y")),
        bad("method_unsupported", "other version", c -> c.showing("method_version", "2.0.0")),
        bad("proof_invalid", "no JWS", c -> c.showing("payment_proof", "AAAA")),
        bad("proof_invalid", "tampered", ProofRefusalTests::tampered),
        bad("proof_invalid", "a foreign key", ProofRefusalTests::foreignKey),
        bad("proof_invalid", "another issuer", c -> c.claiming("iss", "did:act:other-pay")),
        bad("proof_expired", "expired", c -> c.claiming("expires_at", "2026-11-25T08:00:00Z")),
        bad("proof_invalid", "of tomorrow", c -> c.claiming("issued_at", "2026-11-26T08:00:00Z")),
        bad("proof_mismatch", "another payee", c -> c.claiming("aud", "did:act:bazaar88")),
        bad("proof_mismatch", "another order", c -> c.psp().proof(c.otherBill())),
        bad("proof_mismatch", "another resource", c -> c.claiming("resource_id", "fulfilment/x")),
        bad("proof_mismatch", "less money", c -> c.claiming("amount", "0.01")),
        bad("proof_mismatch", "other money", c -> c.claiming("currency", "USD")),
        bad("proof_mismatch", "another buyer", c -> c.claiming("sub", "did:act:thief")),
        bad("intent_mismatch", "another intent", c -> c.claiming("intent_id", "I-9")),
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
    var bill = agent.billFor(order);
    var header = proof.apply(new Case(world.psp(), bill, agent.billFor(agent.orders())));

    var answer = agent.showsProof(order, header);

    assertThat(answer.status()).as(what).isEqualTo(402);
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.bill()).isEqualTo(bill);
    HeaderSchemas.assertValidation(answer.decoded(A402Headers.PAYMENT_VALIDATION));
    assertThat(answer.facts().path("validation_status").asString()).isEqualTo("INVALID");
    assertThat(answer.facts().path("delivery_status").asString()).isEqualTo("NOT_STARTED");
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.HELD);
    assertThat(world.events()).contains("proof-refused").doesNotContain("delivered");
  }

  /** The trade is the one that the protocol layer names. Checks ACT A402-2.c. */
  @Test
  void aBaseFieldInTheMethodLayerChangesNothing() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var shown =
        (ObjectNode) Json.tree(ToyPsp.shown(world.psp().claims(bill, "T-1"), world.psp().signer()));
    var method = (ObjectNode) shown.path("method");
    for (var base : List.of("trade_no", "out_trade_no", "resource_id", "amount", "currency")) {
      method.put(base, "other");
    }
    method.put("payment_proof", "AAAA").put("expires_at", "2000-01-01T00:00:00Z");

    var answer = agent.showsProof(order, A402Headers.encode(shown));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.decoded(A402Headers.PAYMENT_VALIDATION).at("/protocol/trade_no").asString())
        .isEqualTo("T-1");
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
  }

  /**
   * Lists what can happen to an order before a bad proof comes, and whether the answer repeats the
   * same bill (docs/method.md).
   */
  private enum OrderFate {
    PAID(true),
    DELIVERED(true),
    EXPIRED(true),
    CANCELLED(false),
    REFUNDED(false);

    private final boolean sameBill;

    OrderFate(boolean sameBill) {
      this.sameBill = sameBill;
    }
  }

  private void bringTo(OrderFate state, Order order, Bill bill) {
    var psp = world.psp();
    switch (state) {
      case PAID ->
          agent.notifies(
              psp.notification(
                  "N-1",
                  "payment_succeeded",
                  "T-1",
                  bill,
                  TransactionState.WAIT_SELLER_FULFILLMENT));
      case DELIVERED -> agent.showsProof(order, psp.proof(bill, "T-1", c -> c));
      case EXPIRED -> world.advance(Duration.ofMinutes(31));
      case CANCELLED -> agent.cancels(order);
      case REFUNDED -> {
        agent.showsProof(order, psp.proof(bill, "T-1", c -> c));
        agent.notifies(
            psp.notification(
                "N-1", "refund_succeeded", "T-1", bill, TransactionState.TRADE_CLOSED));
      }
    }
    assertThat(agent.readsOrder(order).status().name()).isEqualTo(state.name());
  }

  /** Checks ACT A402-1.b. */
  @ParameterizedTest
  @EnumSource(OrderFate.class)
  void isAnsweredWithABillInEveryStateOfTheOrder(OrderFate state) {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var other = agent.billFor(agent.orders());
    bringTo(state, order, bill);
    var answered = new ArrayList<Bill>();
    for (var bad : badProofs().map(Arguments::get).toList()) {
      @SuppressWarnings("unchecked")
      var header = ((Function<Case, String>) bad[2]).apply(new Case(world.psp(), bill, other));

      var answer = agent.showsProof(order, header);

      assertThat(answer.status()).as(bad[1] + answer.text()).isEqualTo(402);
      assertThat(answer.code()).as(String.valueOf(bad[1])).isEqualTo(bad[0]);
      HeaderSchemas.assertNeeded(answer.decoded(A402Headers.PAYMENT_NEEDED));
      HeaderSchemas.assertValidation(answer.decoded(A402Headers.PAYMENT_VALIDATION));
      assertThat(answer.facts().path("validation_status").asString()).isEqualTo("INVALID");
      answered.add(answer.bill());
    }

    assertThat(answered.stream().distinct()).hasSize(1);
    var last = answered.getLast();
    assertThat(last.outTradeNo()).isEqualTo(order.orderNo());
    assertThat(last.equals(bill)).isEqualTo(state.sameBill);
    boolean isPaid = state == OrderFate.PAID || state == OrderFate.DELIVERED;
    assertThat(world.now().isBefore(last.payBefore())).as("can be paid").isEqualTo(isPaid);
    assertThat(agent.readsOrder(order).status().name()).isEqualTo(state.name());
  }

  /**
   * The order has the most bills that it may have; the last one says what the proof must be for.
   */
  @Test
  void isAnsweredWithTheLastBillWhenTheOrderHasTooMany() {
    var order = agent.orders();
    agent.billFor(order);
    for (int i = 0; i < OrderBills.MAX_PER_ORDER; i++) {
      agent.gets("/" + order.resourceId() + "?probe=" + i);
    }
    var answer =
        agent.gets(
            "/" + order.resourceId() + "?probe=last", Map.of(A402Headers.PAYMENT_PROOF, "e30"));
    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.bill().outTradeNo()).isEqualTo(order.orderNo());
  }

  /** ACT A402-5: the body is a part of the request that was billed. Checks ACT A402-6.d. */
  @Test
  void aProofShownWithAnotherBodyIsRefusedAndWithTheBilledOneTaken() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    var shown = Map.of(A402Headers.PAYMENT_PROOF, proof);

    var other =
        agent.getsWith("{}".getBytes(StandardCharsets.UTF_8), "/" + order.resourceId(), shown);
    assertThat(other.status()).isEqualTo(402);
    assertThat(other.code()).isEqualTo("proof_mismatch");

    assertThat(agent.getsWith(new byte[0], "/" + order.resourceId(), shown).status())
        .isEqualTo(200);
  }

  @Test
  void aProofThatExpiredMeanwhileIsRefused() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proof = world.psp().proof(bill, "T-1", c -> expiring(c, Duration.ofMinutes(2)));
    world.advance(Duration.ofMinutes(2));
    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_expired");
  }

  private static ProofClaims expiring(ProofClaims claims, Duration after) {
    var tree = (ObjectNode) Json.tree(claims);
    tree.set("expires_at", Json.tree(claims.issuedAt().plus(after)));
    return Json.read(tree, ProofClaims.class);
  }

  /** Checks ACT A402-6.a. */
  @ParameterizedTest
  @CsvSource({"true, true, 200", "true, false, 402", "false, false, 200"})
  void thePaymentServiceDecidesUnlessTheWorldReliesOnSignatures(
      boolean online, boolean active, int status) {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    world.verifyOnline.set(online);
    world.psp().proofsActive = active;
    var answer = agent.showsProof(order, proof);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(world.psp().proofQueries).hasValue(online ? 1 : 0);
    if (status == 402) {
      assertThat(answer.code()).isEqualTo("proof_revoked");
    }
  }

  /** The payment service is asked once per delivery, and never about a bad proof or a repeat. */
  @Test
  void thePaymentServiceIsNotAskedAboutBadSignaturesNorAfterDelivery() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proof = world.psp().proof(bill, "T-1", c -> c);
    agent.showsProof(order, encoded("[]"));
    agent.showsProof(order, foreignKey(new Case(world.psp(), bill, bill)));
    assertThat(world.psp().proofQueries).hasValue(0);
    agent.showsProof(order, proof);
    agent.showsProof(order, proof);
    assertThat(world.psp().proofQueries).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "trade_no, T-other, 402, proof_mismatch",
    "out_trade_no, S-other, 402, proof_mismatch",
    "resource_id, fulfilment/other, 402, proof_mismatch",
    "amount, 0.01, 402, proof_mismatch",
    "currency, USD, 402, proof_mismatch",
    "amount, , 503, proof_unverified",
    "active, perhaps, 503, proof_unverified"
  })
  void anAnswerAboutAnotherPaymentDeliversNothing(
      String field, @Nullable String value, int status, String code) {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    world.psp().changeProofAnswer =
        answer -> {
          answer.remove(field);
          return value == null ? answer : answer.put(field, value);
        };
    var answer = agent.showsProof(order, proof);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.HELD);
  }

  /** A gateway or a wrong key can cause these statuses, so they say nothing about the proof. */
  @ParameterizedTest
  @ValueSource(ints = {503, 500, 429, 401, 403})
  void withASilentPspTheProofIsUnverifiedAndNoSecondPaymentIsAskedFor(int status) {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    agent.showsProof(agent.orders(), proof); // brings the key set
    world.psp().failWith = status;

    var answer = agent.showsProof(order, proof);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("proof_unverified");
    assertThat(answer.headers().get("retry-after")).containsExactly("1");
    assertThat(answer.json().at("/error/retry_after_seconds").asInt()).isEqualTo(1);
    assertThat(answer.has(A402Headers.PAYMENT_NEEDED)).isFalse();
    HeaderSchemas.assertValidation(answer.decoded(A402Headers.PAYMENT_VALIDATION));
    assertThat(answer.facts().path("validation_status").asString()).isEqualTo("UNKNOWN");
    assertThat(answer.facts().at("/error/phase").asString()).isEqualTo("PROOF_VALIDATION");
    world.psp().failWith = 0;
    assertThat(agent.showsProof(order, proof).status()).isEqualTo(200);
    assertThat(world.events().stream().filter("delivered"::equals)).hasSize(1);
  }

  @Test
  void withoutThePspsKeysTheProofIsUnverified() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    world.psp().failWith = 503;
    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_unverified");
    world.psp().failWith = 0;
    assertThat(agent.showsProof(order, proof).status()).isEqualTo(200);
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
