package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Carts of several lines (ACT CID-8): all of it is held, or nothing. */
@ExtendWith(SandboxExtension.class)
class MultiLineCartScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final int BUYERS = 8;

  @Test
  void twoLinesAreOneOrderOneBillAndOneDelivery(Stage stage) {
    var chargers = offer(stage, "phone charger", 2);
    var headphones = offer(stage, "headphones", 3);

    var order = confirmed(stage, "1", chargers, headphones);

    assertThat(order.path("lines").valueStream().map(line -> line.path("quantity").asInt()))
        .containsExactly(2, 3);
    var total = total(chargers, headphones);
    assertThat(order.path("total").asString()).isEqualTo(total.decimal());
    assertThat(left(stage, "phone charger", chargers)).isEqualTo(available(chargers) - 2);
    assertThat(left(stage, "headphones", headphones)).isEqualTo(available(headphones) - 3);

    var resource = URI.create(order.path("resource_url").asString());
    var bill = Buyer.bill(stage.buyer().askForResource(resource));
    assertThat(bill.path("amount").asString()).isEqualTo(total.decimal());
    var tradeNo = stage.asked(new Stage.Held("1", order, resource, bill));
    stage.approve(tradeNo);
    var delivery = stage.buyer().showProof(resource, stage.proof(tradeNo));
    assertThat(
            delivery.json().path("items").valueStream().map(item -> item.path("quantity").asInt()))
        .containsExactly(2, 3);
  }

  @Test
  void oneLineSoldOutHoldsNothingOfTheOther(Stage stage) {
    var chargers = offer(stage, "phone charger", 1);
    var headphones = offer(stage, "headphones", 1);
    disturb(stage, Map.of("type", "sold_out", "offer", headphones.path("offer_id").asString()));

    var answer = send(stage, "1", chargers, headphones);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("sold_out");
    assertNothingHeld(stage, chargers);
  }

  /** Each line alone could be had; the second finds too little left, after the first was taken. */
  @Test
  void linesThatTogetherAreMoreThanThereIsHoldNothing(Stage stage) {
    var three = offer(stage, "phone charger", 3);
    var one = sameGoods(stage, "phone charger", 1, three);
    disturb(
        stage, Map.of("type", "stock_set", "offer", one.path("offer_id").asString(), "left", 3));

    var answer = send(stage, "1", one, three);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("sold_out");
    assertThat(left(stage, "phone charger", one)).isEqualTo(3);
    assertThat(orders(stage)).isEmpty();
  }

  /** In whatever order the lines stand, nobody waits for somebody who waits for him. */
  @Test
  void buyersOfTheSameTwoThingsTheOtherWayRoundAllGetAnAnswer(Stage stage) throws Exception {
    var chargers = offer(stage, "phone charger", 1);
    var headphones = offer(stage, "headphones", 1);
    for (var offer : List.of(chargers, headphones)) {
      disturb(
          stage,
          Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 5));
    }

    var answers = new ArrayList<Reply>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Reply>>();
      for (int i = 0; i < BUYERS; i++) {
        var id = "b" + i;
        all.add(
            i % 2 == 0
                ? () -> send(stage, id, chargers, headphones)
                : () -> send(stage, id, headphones, chargers));
      }
      for (var each : threads.invokeAll(all, 2, TimeUnit.MINUTES)) {
        answers.add(each.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(5);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("sold_out"));
    assertThat(orders(stage)).hasSize(5);
  }

  @Test
  void trainsAndStaysAreOrderedOneByOne(Stage stage) {
    var one = offers(stage, "raileast", "t1", Stage.earlyTrainToShanghai());
    var answer = send(stage, "raileast", "1", one.get(0), one.get(1));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("constraint_conflict");
    assertThat(answer.json().path("error").path("details").path("remedy").asString())
        .contains("one cart for each");
    var again = offers(stage, "raileast", "t2", Stage.earlyTrainToShanghai());
    assertThat(available(again.getFirst())).isEqualTo(available(one.getFirst()));
  }

  private static JsonNode confirmed(Stage stage, String id, JsonNode... offers) {
    var answer = send(stage, id, offers);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json();
  }

  private static Reply send(Stage stage, String id, JsonNode... offers) {
    return send(stage, SHOP, id, offers);
  }

  private static Reply send(Stage stage, String merchant, String id, JsonNode... offers) {
    var cart = stage.buyer().cart(id, offers[0]);
    for (int i = 1; i < offers.length; i++) {
      cart.withArray("lines")
          .addObject()
          .put("offer_id", offers[i].path("offer_id").asString())
          .put("quantity", offers[i].path("quantity").asInt());
    }
    cart.put("expected_total", total(offers).decimal());
    return stage.buyer().sendCart(merchant, stage.buyer().signed(cart));
  }

  private static Money total(JsonNode... offers) {
    var total = Money.yuan("0.00");
    for (var offer : offers) {
      total = total.plus(Money.yuan(offer.path("total").asString()));
    }
    return total;
  }

  /** Of which as many will be left: what is left can be asked for in the same words. */
  private static JsonNode offer(Stage stage, String terms, int quantity) {
    return shopOffers(stage, terms, quantity).stream()
        .filter(offer -> available(offer) >= 2 * quantity)
        .findFirst()
        .orElseThrow();
  }

  /** The offer of another quantity of the same item. */
  private static JsonNode sameGoods(Stage stage, String terms, int quantity, JsonNode of) {
    return shopOffers(stage, terms, quantity).stream()
        .filter(offer -> offer.path("item_id").equals(of.path("item_id")))
        .filter(offer -> offer.path("details").path("variant").equals(of.at("/details/variant")))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> shopOffers(Stage stage, String terms, int quantity) {
    var need = new Need.Shop(terms, null, null, List.of(), quantity, null, null);
    var id = terms.replace(' ', '-') + "-" + stage.journal("").size();
    return offers(stage, SHOP, id, need);
  }

  private static List<JsonNode> offers(Stage stage, String merchant, String id, Need need) {
    var answer =
        stage
            .buyer()
            .sendIntent(merchant, stage.buyer().signed(stage.buyer().intent(id, need, 20)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("offers").valueStream().toList();
  }

  private static int available(JsonNode offer) {
    return offer.path("available").asInt();
  }

  /** Asked for as many: for fewer the shop may offer a cheaper variant it has too few of. */
  private static int left(Stage stage, String terms, JsonNode of) {
    return shopOffers(stage, terms, of.path("quantity").asInt()).stream()
        .filter(offer -> offer.path("item_id").equals(of.path("item_id")))
        .filter(offer -> offer.at("/details/variant").equals(of.at("/details/variant")))
        .mapToInt(MultiLineCartScenarioTests::available)
        .findFirst()
        .orElse(0);
  }

  private static void assertNothingHeld(Stage stage, JsonNode offer) {
    assertThat(left(stage, "phone charger", offer)).isEqualTo(available(offer));
    assertThat(orders(stage)).isEmpty();
  }

  private static List<JsonNode> orders(Stage stage) {
    return stage
        .client()
        .get(
            stage.target().at("/merchants/" + SHOP + "/orders"),
            stage.target().keys().merchants().get(SHOP))
        .path("items")
        .valueStream()
        .toList();
  }

  private static void disturb(Stage stage, Map<String, ?> order) {
    stage
        .client()
        .post(
            stage.target().api("/merchants/" + SHOP + "/disturbances"),
            stage.target().keys().operator(),
            Json.tree(order));
  }
}
