package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.alipay.SharedRsaPair;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.external.StarterShop;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests the demo agent as a buyer of a page whose bill has Alipay's form. */
class AlipayGatePurchaseTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  private final SandboxServer server = SandboxServer.shared();
  private final World world =
      server
          .worlds()
          .create(
              new Worlds.NewWorld(
                  null,
                  null,
                  WorldSettings.DEFAULT.withMerchants(List.of("luma-mart", "lingobee")),
                  ClockState.of(WorldClock.Mode.STOPPED, START, START)));
  private final String api = "/api/worlds/" + world.name();
  private final AlipayGateStandIn gate = gate();

  private AlipayGateStandIn gate() {
    var address = StarterShop.freeAddress();
    created(
        "/merchants",
        Map.of(
            "url",
            address,
            "id",
            "kiosk",
            "name",
            "Kiosk",
            "kind",
            "service",
            "level",
            "gate",
            "resource",
            "/report"));
    return new AlipayGateStandIn(address, application("kiosk"), world.clock());
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  /** Registers an application with a pair that all tests share. */
  private JsonNode application(String owner) {
    return SharedRsaPair.in(
        (ObjectNode)
            created(
                "/alipay/apps", Map.of("owner", owner, "public_key", SharedRsaPair.publicText())));
  }

  private JsonNode created(String path, Map<String, ?> body) {
    var answer = server.post(api + path, Json.write(body), bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private void set(String settings) {
    var answer =
        server.send("PATCH", api + "/alipay/settings", settings, bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** Asks for the page and chooses it; then the purchase waits, or is over. */
  private DirectedConversation chosen() {
    var conversation = new DirectedConversation(server, world);
    conversation.says("Buy the report from kiosk");
    var offers =
        conversation.told("offers").stream()
            .flatMap(told -> told.findParents("offer_id").stream())
            .filter(offer -> offer.path("merchant_id").asString("").equals("kiosk"))
            .toList();
    assertThat(offers).as(conversation.said()).hasSize(1);
    assertThat(offers.getFirst().path("total").asString()).isEqualTo("0.10");
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offers.getFirst().path("offer_id").asString()))));
    conversation.rests();
    return conversation;
  }

  private static void approve(DirectedConversation conversation) {
    var due = conversation.told("payment_needed");
    assertThat(due).as(conversation.said()).hasSize(1);
    conversation.approves(due.getLast().path("trade_no").asString());
    conversation.rests();
  }

  private void isDelivered(DirectedConversation conversation) {
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    var delivery = conversation.told("delivery").getLast();
    assertThat(delivery.path("order_no").asString()).isEqualTo("ORDER_1");
    assertThat(delivery.at("/delivery/result/content").asString()).isEqualTo("Tea is up.");
    assertThat(conversation.paid()).hasSize(1);
    conversation.ledgerIsEven();
    var evidence = new EvidenceBundles(world).verified("ORDER_1");
    assertThat(evidence.verified()).as(evidence.toString()).isTrue();
  }

  @Test
  void thePrincipalApprovesAndTheSellerVerifiesAndConfirmsInItsOwnLanguage() {
    var conversation = chosen();
    approve(conversation);
    isDelivered(conversation);
    assertThat(gate.answersToProofs()).containsExactly(200);
    assertThat(conversation.told("delivery").getLast().at("/payment_validation/validated"))
        .isEqualTo(Json.tree(true));
  }

  @Test
  void thePolicyApprovesInAnUnattendedRun() {
    set("{\"approve_automatically\":true}");
    var conversation = chosen();
    assertThat(conversation.told("payment_needed")).isEmpty();
    isDelivered(conversation);
  }

  @Test
  void aFailedConfirmIsRepeatedWithTheSameProof() {
    var conversation = chosen();
    set(
        "{\"prepared_answers\":[{\"method\":\"alipay.aipay.agent.fulfillment.confirm\","
            + "\"sub_code\":\"SYSTEM_ERROR\",\"times\":1}]}");
    approve(conversation);
    isDelivered(conversation);
    assertThat(gate.answersToProofs()).containsExactly(502, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amount", "signature", "time", "seller"})
  void aWrongBillIsNeverPaid(String mistake) {
    gate.change =
        switch (mistake) {
          case "signature" -> bill -> with(bill, "seller_signature", "bm90IGl0");
          case "time" -> bill -> with(bill, "pay_before", "2026-03-02T08:00:00+08:00");
          case "seller" -> ofOther(application("lingobee"));
          default -> bill -> bill;
        };
    var conversation = new DirectedConversation(server, world);
    conversation.says("Buy the report from kiosk");
    if (mistake.equals("amount")) {
      gate.change = bill -> with(bill, "amount", "9.00");
    }
    var offers =
        conversation.told("offers").stream()
            .flatMap(told -> told.findParents("offer_id").stream())
            .toList();
    if (mistake.equals("time")) {
      assertThat(offers).isEmpty();
      return;
    }
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offers.getFirst().path("offer_id").asString()))));
    conversation.rests();

    assertThat(conversation.told("payment_needed")).as(conversation.said()).isEmpty();
    assertThat(conversation.told("delivery")).isEmpty();
    assertThat(conversation.paid()).isEmpty();
    assertThat(gate.answersToProofs()).isEmpty();
    // A payment that the cashier had opened for another seller does not stay open.
    assertThat(conversation.get("/psp/payments").path("items").valueStream())
        .allSatisfy(payment -> assertThat(payment.path("status").asString()).isEqualTo("closed"));
  }

  private static AlipayBill with(AlipayBill bill, String field, String value) {
    var tree = Json.object();
    tree.setAll((ObjectNode) Json.tree(bill));
    ((ObjectNode) tree.path("protocol")).put(field, value);
    return Json.read(tree, AlipayBill.class);
  }

  /** Returns bills by which another merchant of the world would be paid, rightly signed. */
  private static UnaryOperator<AlipayBill> ofOther(JsonNode other) {
    var seller = other.path("seller_id").asString();
    var key = AlipayGateStandIn.key(other);
    return bill ->
        new AlipayBill(
                with(bill, "seller_unique_id", seller).protocol(),
                new AlipayBill.BillSeller(
                    bill.method().sellerName(),
                    seller,
                    other.path("app_id").asString(),
                    bill.method().goodsName(),
                    bill.method().sellerUniqueIdKey(),
                    bill.method().serviceId()))
            .signed(key);
  }
}
