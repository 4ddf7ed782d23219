package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.HOTEL;
import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests a hotel that asks for the credit behind a buyer before it lowers its deposit. */
class DepositTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String SHOP = "/merchants/" + HOTEL.name();

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private CreditDesk desk;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    desk = new CreditDesk(server, world);
    takeDeposit("500.00");
  }

  @Test
  void anOfferNamesTheDepositAndACartWithoutCreditPaysIt() {
    var offer = offer();
    assertThat(line(offer.path("lines"))).isEqualTo("500.00");

    var order = ok(confirm(cart(offer)));

    assertThat(order.path("total").asString()).isEqualTo(offer.path("total").asString());
    assertThat(order.at("/deposit/decision").asString()).isEqualTo("TAKEN");
    assertThat(order.at("/deposit").has("query_id")).isFalse();
    assertThat(asked()).as("without a reference nothing is asked").isEmpty();
  }

  /** Checks ACT CRD-10: with a PASS there is no deposit, and nothing of the credit is told. */
  @Test
  void aPassWaivesTheDeposit() {
    var offer = offer();

    var order = ok(confirm(withCredit(cart(offer))));

    assertThat(decision(order)).isEqualTo("WAIVED PASS VERIFIED 0.00");
    assertThat(new BigDecimal(order.path("total").asString()))
        .isEqualTo(new BigDecimal(offer.path("total").asString()).subtract(new BigDecimal("500")));
    assertThat(line(order.path("price"))).isEmpty();
    assertThat(order.toString()).doesNotContain("ASSOCIATED").doesNotContain("\"limit\"");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aLimitBelowTheDepositLowersIt() {
    takeDeposit("9000.00");

    var order = ok(confirm(withCredit(cart(offer()))));

    assertThat(order.at("/deposit/decision").asString()).isEqualTo("LOWERED");
    var left = new BigDecimal(order.at("/deposit/amount").asString());
    assertThat(left).isPositive().isLessThan(new BigDecimal("9000"));
    assertThat(line(order.path("price"))).isEqualTo(left.toPlainString());
  }

  @Test
  void aFailTakesTheDepositInFullAndSaysWhy() {
    var cart = withCredit(cart(offer()));
    var authorization = cart.at("/credit/authorization_id").asString();
    ok(desk.post("/credit-verifier/authorizations/" + authorization + "/revoke", "", desk.principal()));

    var order = ok(confirm(cart));

    assertThat(decision(order)).isEqualTo("TAKEN FAIL AUTHORIZATION_REVOKED 500.00");
    assertThat(order.at("/deposit/reason/en").asString()).contains("AUTHORIZATION_REVOKED");
  }

  /** Checks ACT CRD-9.c: silence is neither good nor bad. */
  @Test
  void silenceTakesTheDepositInFullAndTellsNoFault() {
    var cart = withCredit(cart(offer()));
    desk.fault("sandbox-credit", "POST /validity");

    var order = ok(confirm(cart));

    assertThat(decision(order)).isEqualTo("TAKEN INCONCLUSIVE CREDIT_ASSERTION_UNAVAILABLE 500.00");
    assertThat(order.at("/deposit/reason/en").asString()).contains("neither good nor bad");
  }

  @Test
  void averifierThatDoesNotAnswerTakesNoOrderAway() {
    var cart = withCredit(cart(offer()));
    desk.fault("sandbox-credit-verifier", "POST /v1/verifications");

    var order = ok(confirm(cart));

    assertThat(order.at("/deposit/decision").asString()).isEqualTo("TAKEN");
    assertThat(order.at("/deposit/result").asString()).isEqualTo("INCONCLUSIVE");
    assertThat(order.at("/deposit").has("verification_record_id")).isFalse();
  }

  /** Checks ACT CRD-9.d: a person looks, and may give the deposit back. */
  @Test
  void aReviewTakesTheDepositUntilAPersonGivesItBack() {
    var cart = withCredit(cart(offer()));
    ok(desk.post("/credit/corrections", Json.object().put("score", 641), desk.operator()));

    var order = ok(confirm(cart));

    assertThat(decision(order)).isEqualTo("TAKEN REVIEW_REQUIRED REVIEW_REQUIRED 500.00");
    var path = SHOP + "/orders/" + order.path("order_no").asString() + "/deposit-return";
    assertThat(desk.post(path, "", desk.merchant()).status()).as("not paid yet").isEqualTo(409);
    assertThat(desk.post(path, "", desk.agent()).status()).isEqualTo(403);
  }

  /** Checks ACT CRD-12: a cart that is sent again is asked about once. */
  @Test
  void aRepeatedCartIsCountedOnce() {
    var cart = signed(withCredit(cart(offer())));

    var first = ok(send(cart));
    var second = ok(send(cart));

    assertThat(second).isEqualTo(first);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aPerRequestAuthorizationIsForTheCartThatItNames() {
    var cart = cart(offer());
    var credential = desk.credential();
    var permit =
        desk.grant(desk.wishForOne(cart.path("request_id").asString()))
            .path("authorizationId")
            .asString();
    refer(cart, credential, permit, "PER_REQUEST");
    var other = cart(offer());
    refer(other, credential, permit, "PER_REQUEST");

    assertThat(decision(ok(confirm(other))))
        .isEqualTo("TAKEN FAIL AUTHORIZATION_SCOPE_MISMATCH 500.00");
    assertThat(decision(ok(confirm(cart)))).isEqualTo("WAIVED PASS VERIFIED 0.00");
  }

  @Test
  void aStrangersCredentialHelpsNoOtherAgent() {
    var cart = withCredit(cart(offer()));
    ((ObjectNode) cart.path("credit")).put("credential_id", "AC-unknown");

    assertThat(decision(ok(confirm(cart))))
        .isEqualTo("TAKEN FAIL ASSOCIATION_CREDENTIAL_NOT_FOUND 500.00");
  }

  @Test
  void onlyItsStaffChangesAPolicyAndOnlyAHotelHasOne() {
    var change = Json.object().put("amount", "1.00");
    assertThat(desk.post(SHOP + "/deposit-policy", change, desk.agent()).status()).isEqualTo(403);
    for (var wrong : List.of("-1.00", "x", "100000.01")) {
      assertThat(
              desk.post(
                      SHOP + "/deposit-policy",
                      Json.object().put("amount", wrong),
                      desk.merchant())
                  .status())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(ok(desk.get(SHOP + "/deposit-policy")).path("amount").asString())
        .isEqualTo("500.00");
    takeDeposit("0.00");
    assertThat(line(offer().path("lines"))).isEmpty();
    assertThat(ok(confirm(cart(offer()))).has("deposit")).isFalse();
  }

  private void takeDeposit(String amount) {
    ok(
        desk.post(
            SHOP + "/deposit-policy", Json.object().put("amount", amount), desk.merchant()));
  }

  private List<JsonNode> asked() {
    return ok(desk.get("/credit-verifier/verifications", desk.merchant()))
        .path("items")
        .valueStream()
        .toList();
  }

  private static String decision(JsonNode order) {
    var deposit = order.path("deposit");
    return "%s %s %s %s"
        .formatted(
            deposit.path("decision").asString(),
            deposit.path("result").asString(),
            deposit.path("reason_code").asString(),
            deposit.path("amount").asString());
  }

  private static String line(JsonNode lines) {
    return lines
        .valueStream()
        .filter(each -> each.path("type").asString().equals("deposit"))
        .map(each -> each.path("amount").asString())
        .findFirst()
        .orElse("");
  }

  private ObjectNode withCredit(ObjectNode cart) {
    refer(cart, desk.credential(), desk.authorization(), "PLATFORM_DELEGATED");
    return cart;
  }

  private static void refer(ObjectNode cart, JsonNode credential, String permit, String mode) {
    cart.putObject("credit")
        .put("credential_id", id(credential))
        .put("assertion_ref", credential.path("subjectCreditAssertionRef").asString())
        .put("authorization_id", permit)
        .put("mode", mode);
  }

  private JsonNode offer() {
    var from = NOW.atZone(World.ZONE).toLocalDate().plusDays(10);
    var need = Json.read(Json.parse(
        """
        {"kind":"hotel","city":"Hangzhou","check_in":"%s","nights":1,"guests":1,"rooms":1}
        """.formatted(from)), Need.class);
    var request =
        new IntentRequest(
            world.ids().next("Q"),
            null,
            "I-1",
            World.AGENT.value(),
            NOW,
            IntentRequest.OFFERS,
            5,
            new IntentContext(List.of(need), null, null, null, null),
            null,
            null,
            null);
    return ok(desk.post(SHOP + "/intents", signed((ObjectNode) Json.tree(request))))
        .path("offers")
        .get(0);
  }

  private ObjectNode cart(JsonNode offer) {
    var cart =
        Json.object()
            .put("request_id", world.ids().next("Q"))
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", desk.now().toString())
            .put("expected_total", offer.path("total").asString())
            .put("currency", "CNY");
    cart.putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", 1);
    return cart;
  }

  private ObjectNode signed(ObjectNode message) {
    return SignedJson.sign(message, world.signer(World.AGENT));
  }

  private SandboxServer.Answer confirm(ObjectNode cart) {
    return send(signed(cart));
  }

  private SandboxServer.Answer send(ObjectNode cart) {
    return desk.post(SHOP + "/carts", cart);
  }
}
