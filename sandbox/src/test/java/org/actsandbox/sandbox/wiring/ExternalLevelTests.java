package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.external.StarterShop;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests the demo agent at merchants outside that are a gate or take orders alone. */
class ExternalLevelTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  private final SandboxServer server = SandboxServer.shared();
  private final World world =
      server
          .worlds()
          .create(
              new Worlds.NewWorld(
                  null,
                  null,
                  WorldSettings.DEFAULT.withMerchants(List.of("luma-mart", "raileast")),
                  ClockState.of(WorldClock.Mode.STOPPED, START, START)));

  private String added(String id, String level, String kind, String name, String address) {
    var body = new HashMap<String, Object>(Map.of("url", address, "id", id, "kind", kind));
    body.put("level", level);
    body.put("name", name);
    if (level.equals("gate")) {
      body.put("resource", "/report");
    }
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/merchants",
            Json.write(body),
            bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("env").asString();
  }

  private static List<JsonNode> offersOf(DirectedConversation conversation, String merchant) {
    return conversation.told("offers").stream()
        .flatMap(told -> told.findParents("offer_id").stream())
        .filter(offer -> offer.path("merchant_id").asString("").equals(merchant))
        .toList();
  }

  private static void choose(DirectedConversation conversation, JsonNode offer) {
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offer.path("offer_id").asString()))));
    conversation.rests();
  }

  private static String approve(DirectedConversation conversation) {
    var due = conversation.told("payment_needed");
    assertThat(due).as(conversation.said()).isNotEmpty();
    conversation.approves(due.getLast().path("trade_no").asString());
    conversation.rests();
    return due.getLast().path("order_no").asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Buy the report from tea-gate",
        "I want the tea gate report, at most 5 yuan",
        "买 tea-gate 的 report",
      })
  void aSentenceThatNamesAGateBuysItsPageWithoutAnOrder(String sentence) {
    var env = added("tea-gate", "gate", "service", "Tea gate", StarterShop.freeAddress());
    try (var _ = StarterShop.start(env)) {
      var conversation = new DirectedConversation(server, world);

      conversation.says(sentence);
      var offers = offersOf(conversation, "tea-gate");
      assertThat(offers).as(conversation.said()).hasSize(1);
      assertThat(offers.getFirst().path("total").asString()).isEqualTo("0.50");
      choose(conversation, offers.getFirst());
      var number = approve(conversation);

      assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
      var delivery = conversation.told("delivery").getLast();
      assertThat(delivery.path("order_no").asString()).isEqualTo(number);
      assertThat(delivery.at("/delivery/result/report").asString()).contains("Tea");
      assertThat(ordersAt("tea-gate", "").at("/items/0/delivery/result/report").asString())
          .contains("Tea");
      assertThat(conversation.told("cart")).isEmpty();
      assertThat(conversation.paid()).hasSize(1);
      conversation.ledgerIsEven();
      assertThat(new EvidenceBundles(world).verified(number).verified()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Buy the report from tea-gate",
        "Buy the page from tea-gate",
        "Buy the report, but not from pages",
        "在 tea-gate 买页面",
      })
  void theNamedOneOfTwoGatesBindsAndOnlyForItsPage(String sentence) {
    var named = added("tea-gate", "gate", "service", "Tea gate", StarterShop.freeAddress());
    var other = added("pages", "gate", "service", "Pages", StarterShop.freeAddress());
    try (var _ = StarterShop.start(named);
        var _ = StarterShop.start(other)) {
      var conversation = new DirectedConversation(server, world);

      conversation.says(sentence);
      assertThat(offersOf(conversation, "tea-gate")).as(conversation.said()).hasSize(1);
      assertThat(offersOf(conversation, "pages")).as(conversation.said()).isEmpty();

      conversation.says("I would like a phone charger");
      assertThat(offersOf(conversation, "luma-mart")).as(conversation.said()).isNotEmpty();
    }
  }

  @Test
  void aGateIsNotAskedForWhatItDoesNotSell() {
    added("tea-gate", "gate", "service", "Tea gate", StarterShop.freeAddress());
    var conversation = new DirectedConversation(server, world);

    conversation.says("I would like a phone charger");

    assertThat(offersOf(conversation, "luma-mart")).isNotEmpty();
    assertThat(conversation.told("offers").getLast().toString()).doesNotContain("tea-gate");
  }

  @Test
  void theAgentFindsGoodsInTheCatalogOfAMerchantThatTakesOrders() {
    var env = added("tea-counter", "order", "shop", "Tea counter", StarterShop.freeAddress());
    try (var _ = StarterShop.start(env)) {
      var conversation = new DirectedConversation(server, world);

      conversation.says("I would like two longjing tea");
      var offers = offersOf(conversation, "tea-counter");
      assertThat(offers).as(conversation.said()).hasSize(1);
      assertThat(offers.getFirst().path("total").asString()).isEqualTo("76.00");
      choose(conversation, offers.getFirst());
      var number = approve(conversation);

      assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
      conversation.ledgerIsEven();
      assertThat(ordersAt("tea-counter", "").path("items").valueStream())
          .singleElement()
          .satisfies(
              order -> {
                assertThat(order.path("order_no").asString()).isEqualTo(number);
                assertThat(order.path("status").asString()).isEqualTo("DELIVERED");
                assertThat(order.path("trade_no").asString()).isNotEmpty();
                assertThat(order.at("/delivery/parcel_no").asString()).isEqualTo("P-" + number);
              });
      assertThat(ordersAt("tea-counter", "&status=HELD").path("items").isEmpty()).isTrue();
      assertThat(ordersAt("luma-mart", "").path("items").isEmpty()).isTrue();
    }
  }

  private JsonNode ordersAt(String merchant, String query) {
    var answer =
        server.get(
            "/w/" + world.name() + "/orders?merchant=" + merchant + query,
            bearer(world.roleKey(Role.AGENT, null)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void aDeclinedOrderOutsideIsListedAsCancelled() {
    var env = added("tea-counter", "order", "shop", "Tea counter", StarterShop.freeAddress());
    try (var _ = StarterShop.start(env)) {
      var conversation = new DirectedConversation(server, world);
      conversation.says("I would like some longjing tea");
      choose(conversation, offersOf(conversation, "tea-counter").getFirst());
      assertThat(ordersAt("tea-counter", "&status=HELD").path("items")).hasSize(1);

      var due = conversation.told("payment_needed").getLast();
      conversation.post(
          "/psp/payments/" + due.path("trade_no").asString() + "/approval",
          "{\"decision\":\"DECLINE\"}");
      conversation.rests();

      assertThat(ordersAt("tea-counter", "").at("/items/0/status").asString())
          .isEqualTo("CANCELLED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "shop"})
  void aDeadShopIsNamedWhileTheOthersOfferTheirs(String level) {
    added("dead-tea", level, "shop", "Dead tea house", StarterShop.freeAddress());
    var conversation = new DirectedConversation(server, world);

    conversation.says("I would like a phone charger");

    assertThat(offersOf(conversation, "luma-mart")).isNotEmpty();
    assertThat(leftOut(conversation))
        .contains("Dead tea house")
        .doesNotContain("\"reason\":\"dead-tea");
    assertThat(
            conversation.journal(JournalNote.Kind.STATE).stream()
                .filter(entry -> entry.event().equals(JournalEvent.MERCHANT_SILENT.code())))
        .isNotEmpty();
  }

  @Test
  void aShopOfTripsThatTakesOrdersAloneIsNamedToWhoMeansIt() {
    added("lake-rail", "order", "train", "Lake rail", StarterShop.freeAddress());
    var conversation = new DirectedConversation(server, world);

    conversation.says("A train from Hangzhou to Shanghai tomorrow from lake-rail");
    assertThat(leftOut(conversation)).contains("Lake rail was not asked: it takes orders");

    conversation.says("A train from Hangzhou to Shanghai tomorrow on any platform");
    assertThat(leftOut(conversation)).doesNotContain("Lake rail");
    assertThat(offersOf(conversation, "raileast")).isNotEmpty();
  }

  private static String leftOut(DirectedConversation conversation) {
    return conversation.told("offers").getLast().at("/searches/0/left_out").toString();
  }
}
