package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.external.StarterShop;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests a shop outside the sandbox, the published starter, to which the demo agent goes beside a
 * mock merchant.
 */
class ExternalShopTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final String SHOP = "tea-shop";

  static final SandboxServer server = SandboxServer.shared();

  World world;
  DirectedConversation conversation;
  StarterShop shop;
  String settings;

  @BeforeEach
  void open() {
    world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    null,
                    WorldSettings.DEFAULT.withMerchants(List.of("luma-mart")),
                    ClockState.of(WorldClock.Mode.STOPPED, START, START)));
    var body =
        Map.of("url", StarterShop.freeAddress(), "id", SHOP, "kind", "shop", "level", "shop");
    var added =
        server.post(
            "/api/worlds/" + world.name() + "/merchants",
            Json.write(body),
            bearer(server.operator(world)));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    settings = added.json().path("env").asString();
    shop = StarterShop.start(settings);
    conversation = new DirectedConversation(server, world);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  /** Asks for tea and chooses the outside shop's offer. */
  void chooseTea() {
    conversation.says("I would like some longjing tea");
    var offer =
        offers().stream()
            .filter(each -> each.path("merchant_id").asString("").equals(SHOP))
            .findFirst();
    assertThat(offer).as(conversation.said()).isPresent();
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offer.get().path("offer_id").asString()))));
    conversation.rests();
  }

  /** Returns all offers that the agent showed last. */
  List<JsonNode> offers() {
    return conversation.told("offers").getLast().findParents("offer_id");
  }

  String approved() {
    var due = conversation.told("payment_needed").getLast();
    conversation.approves(due.path("trade_no").asString());
    return due.path("order_no").asString();
  }

  List<JournalEntry> notes(String event) {
    return conversation.journal(JournalNote.Kind.STATE).stream()
        .filter(entry -> entry.event().equals(event))
        .toList();
  }

  @Test
  void theAgentBuysThereBesideAMockMerchantAndEverythingIsSeen() {
    chooseTea();
    assertThat(offers().stream().map(offer -> offer.path("merchant_id").asString("")))
        .contains(SHOP, "luma-mart");
    var orderNo = approved();
    conversation.rests();

    var delivery = conversation.told("delivery").getLast();
    assertThat(delivery.path("order_no").asString()).isEqualTo(orderNo);
    assertThat(delivery.at("/delivery/parcel_no").asString()).isEqualTo("P-" + orderNo);
    assertThat(delivery.at("/payment_validation/protocol/validation_status").asString())
        .isEqualTo("VALID");
    conversation.ledgerIsEven();
    assertThat(notes("notification-delivered")).isNotEmpty();
    assertThat(notes("merchant-answered"))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo("did:act:" + SHOP);
              assertThat(entry.data().path("millis").isNumber()).isTrue();
              assertThat(entry.data().path("signatures").toString()).doesNotContain("invalid");
            });
    var entries = world.journalStore().read(JournalQuery.after(0, 500));
    assertThat(entries.stream().map(JournalEntry::event))
        .contains("intent-transfer", "cart-confirmation", "fulfilment", "notification");
    var knowledge =
        server
            .get("/api/worlds/" + world.name() + "/knowledge", bearer(server.operator(world)))
            .text();
    assertThat(knowledge).contains(SHOP);
    assertThat(new EvidenceBundles(world).verified(orderNo).verified()).isTrue();
  }

  @Test
  void aDeclinedPurchaseIsCancelledThereByASignedMessage() {
    chooseTea();
    var due = conversation.told("payment_needed").getLast();
    var path = "/psp/payments/" + due.path("trade_no").asString() + "/approval";
    conversation.post(path, "{\"decision\":\"DECLINE\"}");
    conversation.rests();

    var cancelled = exchange("/orders/" + due.path("order_no").asString() + "/cancel");
    assertThat(cancelled.path("status").asInt()).isEqualTo(200);
    assertThat(cancelled.toString()).contains("CANCELLED");
  }

  /** Returns the last exchange with the shop at the path. */
  JsonNode exchange(String path) {
    return world.journalStore().read(JournalQuery.after(0, 500)).stream()
        .filter(entry -> entry.kind() == JournalNote.Kind.EXCHANGE)
        .map(JournalEntry::data)
        .filter(data -> data.path("path").asString("").equals("/merchants/" + SHOP + path))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void faultsAtItsEdgeAreSurvivedByTheProtocol() {
    conversation.fault("lost_answer", SHOP, "POST /carts", 1);
    conversation.fault("lost_answer", SHOP, "/fulfilment/*", 1);
    conversation.fault("duplicate_notification", SHOP, "POST /notifications", 1);
    chooseTea();
    var orderNo = approved();
    conversation.rests();

    assertThat(conversation.told("delivery").getLast().path("order_no").asString())
        .isEqualTo(orderNo);
    assertThat(conversation.paid()).hasSize(1);
    conversation.ledgerIsEven();
  }

  @Test
  void aShopThatIsDownIsLeftOutAndItsNotificationComesLater() {
    chooseTea();
    var env = settings;
    shop.close();
    conversation.approves(
        conversation.told("payment_needed").getLast().path("trade_no").asString());
    conversation.rests();
    assertThat(notes("notification-postponed")).isNotEmpty();

    shop = StarterShop.start(env);
    conversation.says("I would like some longjing tea");
    assertThat(conversation.said()).isNotEmpty();
  }

  @Test
  void aPaidOrderIsCancelledAndTheWholeAmountGoesBack() {
    chooseTea();
    var orderNo = approved();
    conversation.rests();

    var message = Json.object();
    message.put("request_id", "cancel-1").put("order_no", orderNo);
    message.put("agent_id", World.AGENT.value()).put("timestamp", START.toString());
    var signed = SignedJson.sign(message, world.signer(World.AGENT));
    var path = "/w/" + world.name() + "/merchants/" + SHOP + "/orders/" + orderNo + "/cancel";
    var answer = server.post(path, Json.write(signed));
    message.put("agent_id", "did:act:principal");
    var forged = server.post(path, Json.write(message));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("refunded").asString()).isEqualTo("38.00");
    assertThat(forged.status()).isEqualTo(401);
    assertThat(conversation.paid()).allMatch(trade -> trade.toString().contains("38.00"));
    conversation.ledgerIsEven();
  }

  @Test
  void thePrincipalCancelsInWordsAndSeesTheRefund() {
    chooseTea();
    var orderNo = approved();
    conversation.rests();

    conversation.says("cancel my order");
    assertThat(conversation.said()).contains("“cancel order " + orderNo + "”");
    assertThat(notes("merchant-answered").getLast().toString()).doesNotContain("/cancel");

    conversation.says("please cancel order " + orderNo);
    assertThat(conversation.said()).contains("¥38.00 of ¥38.00 came back");
    assertThat(exchange("/orders/" + orderNo + "/cancel").path("status").asInt()).isEqualTo(200);
    conversation.ledgerIsEven();

    conversation.says("取消订单 " + orderNo);
    assertThat(conversation.said()).contains("已经取消过了");
  }

  @Test
  void aCancellationWithoutAGoodAnswerIsToldAsUnknownAndCanBeRepeated() {
    chooseTea();
    var orderNo = approved();
    conversation.rests();

    conversation.fault("error_status", SHOP, "POST /orders/*/cancel", 1);
    conversation.says("cancel order " + orderNo);
    assertThat(conversation.said()).contains("but not that order " + orderNo + " is cancelled");

    conversation.fault("lost_answer", SHOP, "POST /orders/*/cancel", 4);
    conversation.says("cancel order " + orderNo);
    assertThat(conversation.said()).contains("did not answer");

    conversation.says("cancel order " + orderNo);
    assertThat(conversation.said()).contains("¥38.00 of ¥38.00 came back");
    conversation.says("cancel order NO-SUCH-1");
    assertThat(conversation.said()).contains("I bought no order NO-SUCH-1");
    conversation.ledgerIsEven();
  }

  @Test
  void thePaidPageAnswers402AndOpensForAProof() {
    var page = "/w/" + world.name() + "/merchants/" + SHOP + "/report";
    var billed = server.get(page);
    assertThat(billed.status()).isEqualTo(402);
    var needed = A402Headers.decode(A402Headers.PAYMENT_NEEDED, billed.header("Payment-Needed"));
    assertThat(exchangeNote().toString()).contains("\"bill.method\":\"valid\"");
    assertThat(needed.at("/protocol/amount").asString()).isEqualTo("0.50");

    var proof = paid(needed);
    var opened = server.get(page, "Payment-Proof", proof);
    var again = server.get(page, "Payment-Proof", proof);
    var forged = server.get(page, "Payment-Proof", proof.substring(0, proof.length() - 9));

    assertThat(opened.status()).as(opened.text()).isEqualTo(200);
    assertThat(opened.json().path("report").asString()).contains("Tea");
    assertThat(again.text()).isEqualTo(opened.text());
    assertThat(forged.status()).isBetween(400, 402);
  }

  JsonNode exchangeNote() {
    return notes("merchant-answered").getLast().data();
  }

  /** Pays a bill as the demo agent and its principal would, and returns the Payment-Proof. */
  String paid(JsonNode needed) {
    var agent = bearer(world.roleKey(Role.AGENT, null));
    var base = "/w/" + world.name() + "/psp";
    var instrument =
        server.get(base + "/instruments", agent).json().at("/items/0/instrument_ref").asString();
    var bill = needed.path("protocol");
    var request = Json.object();
    request.put("request_id", "pay-1").put("agent_id", World.AGENT.value());
    request.put("merchant_order_no", bill.path("out_trade_no").asString());
    request.put("instrument_ref", instrument).put("payee", "did:act:" + SHOP);
    request.put("amount", "0.50").put("currency", "CNY").put("timestamp", START.toString());
    request.set("bill", bill);
    request.set("bill_method", needed.path("method"));
    var made =
        server.post(
            base + "/payments",
            Json.write(SignedJson.sign(request, world.signer(World.AGENT))),
            agent);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var trade = made.json().path("trade_no").asString();
    conversation.approves(trade);
    return A402Headers.encode(server.get(base + "/payments/" + trade, agent).json().path("proof"));
  }

  @Test
  void aRemovedShopIsNotAskedAnyMore() {
    var removed =
        server.send(
            "DELETE",
            "/api/worlds/" + world.name() + "/merchants/" + SHOP,
            null,
            bearer(server.operator(world)));
    assertThat(removed.status()).isEqualTo(204);

    conversation.says("I would like some longjing tea");

    assertThat(offers().stream().map(offer -> offer.path("merchant_id").asString("")))
        .isNotEmpty()
        .doesNotContain(SHOP);
  }
}
