package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Tests carts of several lines (ACT CID-8): all lines are held, or none. */
@ExtendWith(SandboxExtension.class)
class MultiLineCartScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final int BUYERS = 8;

  @Test
  void twoLinesAreOneOrderOneBillAndOneDelivery(ScenarioTestWorld scenarioTestWorld) {
    var chargers = offer(scenarioTestWorld, "phone charger", 2);
    var headphones = offer(scenarioTestWorld, "headphones", 3);

    var order = confirmed(scenarioTestWorld, "1", chargers, headphones);

    assertThat(order.path("lines").valueStream().map(line -> line.path("quantity").asInt()))
        .containsExactly(2, 3);
    var total = total(chargers, headphones);
    assertThat(order.path("total").asString()).isEqualTo(total.decimal());
    assertThat(left(scenarioTestWorld, "phone charger", chargers))
        .isEqualTo(available(chargers) - 2);
    assertThat(left(scenarioTestWorld, "headphones", headphones))
        .isEqualTo(available(headphones) - 3);

    var resource = URI.create(order.path("resource_url").asString());
    var bill = PurchaseClient.bill(scenarioTestWorld.buyer().askForResource(resource));
    assertThat(bill.path("amount").asString()).isEqualTo(total.decimal());
    var tradeNo =
        scenarioTestWorld.asked(new ScenarioTestWorld.HeldOrder("1", order, resource, bill));
    scenarioTestWorld.approve(tradeNo);
    var delivery = scenarioTestWorld.buyer().sendProof(resource, scenarioTestWorld.proof(tradeNo));
    assertThat(
            delivery.json().path("items").valueStream().map(item -> item.path("quantity").asInt()))
        .containsExactly(2, 3);
  }

  @Test
  void oneLineSoldOutHoldsNothingOfTheOther(ScenarioTestWorld scenarioTestWorld) {
    var chargers = offer(scenarioTestWorld, "phone charger", 1);
    var headphones = offer(scenarioTestWorld, "headphones", 1);
    disturb(
        scenarioTestWorld,
        Map.of("type", "sold_out", "offer", headphones.path("offer_id").asString()));

    var answer = send(scenarioTestWorld, "1", chargers, headphones);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("sold_out");
    assertNothingHeld(scenarioTestWorld, chargers);
  }

  /**
   * There is enough stock for each line alone, but not for the second after the first was taken.
   */
  @Test
  void linesThatTogetherAreMoreThanThereIsHoldNothing(ScenarioTestWorld scenarioTestWorld) {
    var sameGoods = threeAndOne(scenarioTestWorld, "phone charger");
    var three = sameGoods.getFirst();
    var one = sameGoods.getLast();
    disturb(
        scenarioTestWorld,
        Map.of("type", "stock_set", "offer", one.path("offer_id").asString(), "left", 3));

    var answer = send(scenarioTestWorld, "1", one, three);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("sold_out");
    assertThat(left(scenarioTestWorld, "phone charger", one)).isEqualTo(3);
    assertThat(orders(scenarioTestWorld)).isEmpty();
  }

  /** Carts with the same lines in different order cause no deadlock. */
  @Test
  void buyersOfTheSameTwoThingsTheOtherWayRoundAllGetAnAnswer(ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var chargers = offer(scenarioTestWorld, "phone charger", 1);
    var headphones = offer(scenarioTestWorld, "headphones", 1);
    for (var offer : List.of(chargers, headphones)) {
      disturb(
          scenarioTestWorld,
          Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 5));
    }

    var answers = new ArrayList<Reply>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Reply>>();
      for (int i = 0; i < BUYERS; i++) {
        var id = "b" + i;
        all.add(
            i % 2 == 0
                ? () -> send(scenarioTestWorld, id, chargers, headphones)
                : () -> send(scenarioTestWorld, id, headphones, chargers));
      }
      for (var each : threads.invokeAll(all, 2, TimeUnit.MINUTES)) {
        answers.add(each.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(5);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("sold_out"));
    assertThat(orders(scenarioTestWorld)).hasSize(5);
  }

  @Test
  void trainsAndStaysAreOrderedOneByOne(ScenarioTestWorld scenarioTestWorld) {
    var one = offers(scenarioTestWorld, "raileast", "t1", ScenarioTestWorld.earlyTrainToShanghai());
    var answer = send(scenarioTestWorld, "raileast", "1", one.get(0), one.get(1));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("constraint_conflict");
    assertThat(answer.json().path("error").path("details").path("remedy").asString())
        .contains("one cart for each");
    var again =
        offers(scenarioTestWorld, "raileast", "t2", ScenarioTestWorld.earlyTrainToShanghai());
    assertThat(available(again.getFirst())).isEqualTo(available(one.getFirst()));
  }

  private static JsonNode confirmed(
      ScenarioTestWorld scenarioTestWorld, String id, JsonNode... offers) {
    var answer = send(scenarioTestWorld, id, offers);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json();
  }

  private static Reply send(ScenarioTestWorld scenarioTestWorld, String id, JsonNode... offers) {
    return send(scenarioTestWorld, SHOP, id, offers);
  }

  private static Reply send(
      ScenarioTestWorld scenarioTestWorld, String merchant, String id, JsonNode... offers) {
    var cart = scenarioTestWorld.buyer().cart(id, offers[0]);
    for (int i = 1; i < offers.length; i++) {
      cart.withArray("lines")
          .addObject()
          .put("offer_id", offers[i].path("offer_id").asString())
          .put("quantity", offers[i].path("quantity").asInt());
    }
    cart.put("expected_total", total(offers).decimal());
    return scenarioTestWorld.buyer().sendCart(merchant, scenarioTestWorld.buyer().signed(cart));
  }

  private static Money total(JsonNode... offers) {
    var total = Money.yuan("0.00");
    for (var offer : offers) {
      total = total.plus(Money.yuan(offer.path("total").asString()));
    }
    return total;
  }

  /**
   * Returns an offer with at least twice the quantity in stock, so that the same need still finds
   * it after a purchase.
   */
  private static JsonNode offer(ScenarioTestWorld scenarioTestWorld, String terms, int quantity) {
    return shopOffers(scenarioTestWorld, terms, quantity).stream()
        .filter(offer -> available(offer) >= 2 * quantity)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns an offer of three pieces and one of one piece of the same goods. A merchant offers the
   * best few only, and what is among the best depends on the quantity and on the world's stock.
   */
  private static List<JsonNode> threeAndOne(ScenarioTestWorld scenarioTestWorld, String terms) {
    var ones = shopOffers(scenarioTestWorld, terms, 1);
    return shopOffers(scenarioTestWorld, terms, 3).stream()
        .filter(three -> available(three) >= 6)
        .flatMap(
            three ->
                ones.stream().filter(one -> sameGoods(one, three)).map(one -> List.of(three, one)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean sameGoods(JsonNode offer, JsonNode other) {
    return offer.path("item_id").equals(other.path("item_id"))
        && offer.at("/details/variant").equals(other.at("/details/variant"));
  }

  private static List<JsonNode> shopOffers(
      ScenarioTestWorld scenarioTestWorld, String terms, int quantity) {
    var need = new Need.Shop(terms, null, null, List.of(), quantity, null, null);
    var id = terms.replace(' ', '-') + "-" + scenarioTestWorld.journal("").size();
    return offers(scenarioTestWorld, SHOP, id, need);
  }

  private static List<JsonNode> offers(
      ScenarioTestWorld scenarioTestWorld, String merchant, String id, Need need) {
    var answer =
        scenarioTestWorld
            .buyer()
            .sendIntent(
                merchant,
                scenarioTestWorld.buyer().signed(scenarioTestWorld.buyer().intent(id, need, 50)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("offers").valueStream().toList();
  }

  private static int available(JsonNode offer) {
    return offer.path("available").asInt();
  }

  /**
   * Returns the stock of an offer. It requests the same quantity, because for a smaller one the
   * shop may offer a cheaper variant with less stock.
   */
  private static int left(ScenarioTestWorld scenarioTestWorld, String terms, JsonNode of) {
    return shopOffers(scenarioTestWorld, terms, of.path("quantity").asInt()).stream()
        .filter(offer -> offer.path("item_id").equals(of.path("item_id")))
        .filter(offer -> offer.at("/details/variant").equals(of.at("/details/variant")))
        .mapToInt(MultiLineCartScenarioTests::available)
        .findFirst()
        .orElse(0);
  }

  private static void assertNothingHeld(ScenarioTestWorld scenarioTestWorld, JsonNode offer) {
    assertThat(left(scenarioTestWorld, "phone charger", offer)).isEqualTo(available(offer));
    assertThat(orders(scenarioTestWorld)).isEmpty();
  }

  private static List<JsonNode> orders(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().at("/merchants/" + SHOP + "/orders"),
            scenarioTestWorld.target().keys().merchants().get(SHOP))
        .path("items")
        .valueStream()
        .toList();
  }

  private static void disturb(ScenarioTestWorld scenarioTestWorld, Map<String, ?> order) {
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/merchants/" + SHOP + "/disturbances"),
            scenarioTestWorld.target().keys().operator(),
            Json.tree(order));
  }
}
