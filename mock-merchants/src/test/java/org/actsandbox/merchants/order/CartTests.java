package org.actsandbox.merchants.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.toy.ToyAgent;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the confirmation of carts (ACT CID-1, CID-8, CID-9). */
class CartTests extends ToyTestBase {

  /** Checks ACT CID-9.a. */
  @Test
  void theOrderIsSignedByTheMerchant() {
    var answer = agent.sends("/carts", agent.cart("tea.2", 2, "60.00"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("signer_id").asString())
        .isEqualTo(Did.of(ToyWorld.MERCHANT).key(1));
    assertThat(SignedJson.signedBytes(answer.json())).isNotEmpty();
    assertThat(answer.order().holdUntil()).isEqualTo(world.now().plus(Duration.ofMinutes(30)));
  }

  @Test
  void aRepeatedRequestGetsTheSameOrderEvenIfItTookTheLastUnits() throws Exception {
    disturb(new Disturbance.StockSet("tea", 2));
    var body = Json.bytes(agent.signed(agent.cart("tea.2", 2, "60.00")));

    var answers = ToyWorld.race(10, () -> agent.posts("/carts", body, Map.of()));
    world.pass(Duration.ofMinutes(10));
    var late = agent.posts("/carts", body, Map.of());

    assertThat(answers).extracting(ToyAgent.Answer::status).containsOnly(201);
    assertThat(answers.stream().map(ToyAgent.Answer::text).distinct()).containsExactly(late.text());
    assertThat(world.left("tea")).isZero();
  }

  @Test
  void theSameIdForAnotherCartIsAConflict() {
    var cart = agent.cart("tea.2", 2, "60.00");
    agent.sends("/carts", cart);
    cart.put("expected_total", "61.00");
    var answer = agent.sends("/carts", cart);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("duplicate_request");
  }

  /** Checks ACT CID-8.b and CID-8.d. */
  @Test
  void fiftyBuyersOfTheLastOneMakeOneOrder() throws Exception {
    disturb(new Disturbance.StockSet("cup", 1));
    var answers = ToyWorld.race(50, () -> agent.sends("/carts", agent.cart("cup.1", 1, "12.50")));
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 409))
        .hasSize(49)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("sold_out"));
    assertThat(world.left("cup")).isZero();
  }

  @Test
  void aHigherPriceIsRefusedWithBothPricesAndALowerOneAccepted() {
    disturb(new Disturbance.PriceMoved("tea", PriceChange.of(BigDecimal.TEN)));
    var dearer = agent.sends("/carts", agent.cart("tea.2", 2, "60.00"));
    assertThat(dearer.code()).isEqualTo("price_changed");
    assertThat(dearer.json().at("/error/details/expected").asString()).isEqualTo("66.00");
    assertThat(dearer.json().at("/error/details/observed").asString()).isEqualTo("60.00");

    disturb(new Disturbance.PriceMoved("tea", PriceChange.of(BigDecimal.valueOf(-10))));
    var cheaper = agent.sends("/carts", agent.cart("tea.2", 2, "60.00"));
    assertThat(cheaper.order().total()).isEqualTo("54.00");
  }

  @Test
  void aHoldThatRunsOutGivesItsStockBack() {
    var order = agent.orders();
    world.advance(Duration.ofMinutes(29));
    assertThat(world.left("tea")).isEqualTo(98);
    world.advance(Duration.ofMinutes(1));
    assertThat(world.left("tea")).isEqualTo(100);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.wakeUps).contains(order.holdUntil());
    assertThat(world.events()).contains("hold-expired");
  }

  static Stream<Arguments> badCarts() {
    return Stream.of(
        bad(400, "invalid_field", "request_id", cart -> cart.put("request_id", "a b")),
        bad(400, "invalid_field", "intent_id", cart -> cart.remove("intent_id")),
        bad(400, "invalid_field", "lines", cart -> cart.putArray("lines")),
        bad(400, "invalid_field", "lines", cart -> cart.put("lines", "tea")),
        bad(400, "invalid_field", "lines[0].quantity", cart -> line(cart).put("quantity", 3)),
        bad(400, "invalid_field", "lines[0].offer_id", cart -> line(cart).remove("offer_id")),
        bad(404, "not_found", "offer_id", cart -> line(cart).put("offer_id", "gold.2")),
        bad(400, "invalid_field", "expected_total", cart -> cart.put("expected_total", "-1")),
        bad(400, "invalid_field", "currency", cart -> cart.put("currency", "USD")),
        bad(
            400,
            "expired_request",
            "timestamp",
            cart -> cart.put("timestamp", "2026-11-25T07:54:59Z")),
        bad(
            400,
            "expired_request",
            "timestamp",
            cart -> cart.put("timestamp", "2026-11-25T08:05:01Z")),
        bad(
            403,
            "access_restricted",
            "agent_id",
            cart -> cart.put("agent_id", "did:act:other-agent")),
        bad(
            400,
            "invalid_field",
            "fulfilment",
            cart -> cart.putObject("fulfilment").put("note", "x".repeat(4096))),
        bad(
            400,
            "invalid_field",
            "fulfilment.ship_tu",
            cart -> cart.putObject("fulfilment").put("ship_tu", "home")),
        bad(400, "invalid_field", "fulfillment", cart -> cart.putObject("fulfillment")),
        bad(400, "invalid_field", "lines[0].qty", cart -> line(cart).put("qty", 2)),
        bad(400, "invalid_field", "lines[0].quantity", cart -> line(cart).put("quantity", 2.5)),
        bad(
            422,
            "offer_incomplete",
            "lines.offer_id",
            cart -> line(cart).put("offer_id", "nameless.2")));
  }

  private static Arguments bad(int status, String code, String field, Consumer<ObjectNode> change) {
    return Arguments.of(status, code, field, change);
  }

  private static ObjectNode line(ObjectNode cart) {
    return (ObjectNode) cart.get("lines").get(0);
  }

  /** Checks ACT CID-8.d. */
  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("badCarts")
  void aBadCartIsRefusedAndNothingIsHeld(
      int status, String code, String field, Consumer<ObjectNode> change) {
    var cart = agent.cart("tea.2", 2, "60.00");
    change.accept(cart);
    var answer = agent.sends("/carts", cart);
    assertThat(List.of(answer.status(), answer.code(), answer.field()))
        .as(answer.text())
        .isEqualTo(List.of(status, code, field));
    assertThat(world.left("tea")).isEqualTo(100);
  }

  @Test
  void aChangedOrUnsignedCartIsRefused() {
    var signed = agent.signed(agent.cart("tea.2", 2, "60.00"));
    signed.put("unknown_field", "added later");
    assertThat(agent.posts("/carts", Json.bytes(signed), Map.of()).code())
        .isEqualTo("signature_invalid");
    assertThat(agent.posts("/carts", Json.bytes(agent.cart("tea.2", 2, "60.00")), Map.of()).code())
        .isEqualTo("signature_missing");
    assertThat(agent.posts("/carts", new byte[] {'{'}, Map.of()).code())
        .isEqualTo("malformed_json");
  }

  @Test
  void onlyTheMerchantPagesThroughItsOrdersAndHolds() {
    for (int i = 0; i < 5; i++) {
      agent.orders();
      world.pass(Duration.ofSeconds(i % 2));
    }
    for (var list : List.of("/orders", "/holds")) {
      var seen = new ArrayList<String>();
      var cursor = "";
      do {
        var page =
            agent.gets(list + "?limit=2" + cursor, Map.of("Authorization", "Bearer luma-mart"));
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        page.json().path("items").forEach(item -> seen.add(item.path("order_no").asString()));
        var next = page.json().path("next").asString("");
        cursor = next.isEmpty() ? "" : "&cursor=" + next;
      } while (!cursor.isEmpty());
      assertThat(seen).as(list).hasSize(5).doesNotHaveDuplicates();
      assertThat(agent.gets(list).status()).isEqualTo(401);
      assertThat(agent.gets(list, Map.of("Authorization", "Bearer bazaar88")).status())
          .isEqualTo(403);
      assertThat(
              agent.gets(list + "?cursor=abc", Map.of("Authorization", "Bearer luma-mart")).code())
          .isEqualTo("invalid_field");
    }
  }

  private void disturb(Disturbance disturbance) {
    world.merchants().get(ToyWorld.MERCHANT).disturb(disturbance);
  }
}
