package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests a hotel that asks for the credit behind a buyer before it lowers its deposit. */
class DepositTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final SandboxServer server = SandboxServer.shared();
  private CreditDesk desk;
  private HotelDesk hotel;

  @BeforeEach
  void begin() {
    var world = server.newWorld(NOW);
    desk = new CreditDesk(server, world);
    hotel = new HotelDesk(desk, world);
    hotel.takeDeposit("500.00");
  }

  @Test
  void anOfferNamesTheDepositAndACartWithoutCreditPaysIt() {
    var offer = hotel.offer();
    assertThat(HotelDesk.line(offer.path("lines"))).isEqualTo("500.00");

    var order = ok(hotel.confirm(hotel.cart(offer)));

    assertThat(order.path("total").asString()).isEqualTo(offer.path("total").asString());
    assertThat(order.at("/deposit/decision").asString()).isEqualTo("TAKEN");
    assertThat(order.at("/deposit").has("query_id")).isFalse();
    assertThat(hotel.asked()).as("without a reference nothing is asked").isEmpty();
  }

  /** Checks ACT CRD-10.d and CRD-10.e: a PASS waives the deposit, and the order tells no credit. */
  @Test
  void aPassWaivesTheDeposit() {
    var offer = hotel.offer();

    var order = ok(hotel.confirm(hotel.withCredit(hotel.cart(offer))));

    assertThat(HotelDesk.decision(order)).isEqualTo("WAIVED PASS VERIFIED 0.00");
    assertThat(new BigDecimal(order.path("total").asString()))
        .isEqualTo(new BigDecimal(offer.path("total").asString()).subtract(new BigDecimal("500")));
    assertThat(HotelDesk.line(order.path("price"))).isEmpty();
    assertThat(order.toString()).doesNotContain("ASSOCIATED").doesNotContain("\"limit\"");
    assertThat(hotel.asked()).hasSize(1);
  }

  @Test
  void aLimitBelowTheDepositLowersIt() {
    hotel.takeDeposit("9000.00");

    var order = ok(hotel.confirm(hotel.withCredit(hotel.cart(hotel.offer()))));

    assertThat(order.at("/deposit/decision").asString()).isEqualTo("LOWERED");
    var left = new BigDecimal(order.at("/deposit/amount").asString());
    assertThat(left).isPositive().isLessThan(new BigDecimal("9000"));
    assertThat(HotelDesk.line(order.path("price"))).isEqualTo(left.toPlainString());
  }

  @Test
  void aFailTakesTheDepositInFullAndSaysWhy() {
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    var authorization = cart.at("/credit/authorization_id").asString();
    ok(
        desk.post(
            "/credit-verifier/authorizations/" + authorization + "/revoke", "", desk.principal()));

    var order = ok(hotel.confirm(cart));

    assertThat(HotelDesk.decision(order)).isEqualTo("TAKEN FAIL AUTHORIZATION_REVOKED 500.00");
    assertThat(order.at("/deposit/reason/en").asString()).contains("AUTHORIZATION_REVOKED");
  }

  /** Checks ACT CRD-9.c: silence is neither good nor bad. */
  @Test
  void silenceTakesTheDepositInFullAndTellsNoFault() {
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    desk.fault("sandbox-credit", "POST /validity");

    var order = ok(hotel.confirm(cart));

    assertThat(HotelDesk.decision(order))
        .isEqualTo("TAKEN INCONCLUSIVE CREDIT_ASSERTION_UNAVAILABLE 500.00");
    assertThat(order.at("/deposit/reason/en").asString()).contains("neither good nor bad");
  }

  @Test
  void averifierThatDoesNotAnswerTakesNoOrderAway() {
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    desk.fault("sandbox-credit-verifier", "POST /v1/verifications");

    var order = ok(hotel.confirm(cart));

    assertThat(order.at("/deposit/decision").asString()).isEqualTo("TAKEN");
    assertThat(order.at("/deposit/result").asString()).isEqualTo("INCONCLUSIVE");
    assertThat(order.at("/deposit").has("verification_record_id")).isFalse();
  }

  /** Checks ACT CRD-9.d: a person looks, and may give the deposit back. */
  @Test
  void aReviewTakesTheDepositUntilAPersonGivesItBack() {
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    ok(desk.post("/credit/corrections", Json.object().put("score", 641), desk.operator()));

    var order = ok(hotel.confirm(cart));

    assertThat(HotelDesk.decision(order)).isEqualTo("TAKEN REVIEW_REQUIRED REVIEW_REQUIRED 500.00");
    var path = HotelDesk.SHOP + "/orders/" + order.path("order_no").asString() + "/deposit-return";
    assertThat(desk.post(path, "", desk.merchant()).status()).as("not paid yet").isEqualTo(409);
    assertThat(desk.post(path, "", desk.agent()).status()).isEqualTo(403);
  }

  /** Checks ACT CRD-12: a cart that is sent again is asked about once. */
  @Test
  void aRepeatedCartIsCountedOnce() {
    var cart = hotel.signed(hotel.withCredit(hotel.cart(hotel.offer())));

    var first = ok(hotel.send(cart));
    var second = ok(hotel.send(cart));

    assertThat(second).isEqualTo(first);
    assertThat(hotel.asked()).hasSize(1);
  }

  @Test
  void aPerRequestAuthorizationIsForTheCartThatItNames() {
    var cart = hotel.cart(hotel.offer());
    var credential = desk.credential();
    var permit =
        desk.grant(desk.wishForOne(cart.path("request_id").asString()))
            .path("authorizationId")
            .asString();
    HotelDesk.refer(cart, credential, permit, "PER_REQUEST");
    var other = hotel.cart(hotel.offer());
    HotelDesk.refer(other, credential, permit, "PER_REQUEST");

    assertThat(HotelDesk.decision(ok(hotel.confirm(other))))
        .isEqualTo("TAKEN FAIL AUTHORIZATION_SCOPE_MISMATCH 500.00");
    assertThat(HotelDesk.decision(ok(hotel.confirm(cart)))).isEqualTo("WAIVED PASS VERIFIED 0.00");
  }

  @Test
  void aStrangersCredentialHelpsNoOtherAgent() {
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    ((ObjectNode) cart.path("credit")).put("credential_id", "AC-unknown");

    assertThat(HotelDesk.decision(ok(hotel.confirm(cart))))
        .isEqualTo("TAKEN FAIL ASSOCIATION_CREDENTIAL_NOT_FOUND 500.00");
  }

  @Test
  void onlyItsStaffChangesAPolicyAndOnlyAHotelHasOne() {
    var change = Json.object().put("amount", "1.00");
    assertThat(desk.post(HotelDesk.SHOP + "/deposit-policy", change, desk.agent()).status())
        .isEqualTo(403);
    for (var wrong : List.of("-1.00", "x", "100000.01")) {
      assertThat(
              desk.post(
                      HotelDesk.SHOP + "/deposit-policy",
                      Json.object().put("amount", wrong),
                      desk.merchant())
                  .status())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(ok(desk.get(HotelDesk.SHOP + "/deposit-policy")).path("amount").asString())
        .isEqualTo("500.00");
    hotel.takeDeposit("0.00");
    assertThat(HotelDesk.line(hotel.offer().path("lines"))).isEmpty();
    assertThat(ok(hotel.confirm(hotel.cart(hotel.offer()))).has("deposit")).isFalse();
  }
}
