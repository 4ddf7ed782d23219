package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.merchants.toy.ToyServers;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plays a whole purchase at a merchant, from needs to goods. */
class PurchaseScenarioTests {

  private final ToyWorld world = ToyWorld.open(ToyServers.shared());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void needsBecomeOffersACartAnOrderABillAProofAndGoods() {
    var agent = world.agent();

    var offers =
        agent.sends(
            "/intents",
            agent.intent("{\"kind\":\"shop\",\"terms\":\"tea\",\"features\":[],\"quantity\":2}"));
    assertThat(offers.status()).as(offers.text()).isEqualTo(200);
    assertThat(offers.json().at("/offers/0/offer_id").asString()).isEqualTo("tea.2");

    var order = agent.orders();
    assertThat(order.status()).isEqualTo(OrderStatus.HELD);
    assertThat(world.left("tea")).isEqualTo(98);

    var needed = agent.gets("/" + order.resourceId());
    assertThat(needed.status()).isEqualTo(402);
    assertThat(needed.text()).contains("ACT Sandbox");
    assertThat(needed.bill().amount()).isEqualTo("60.00");

    var delivered = agent.showsProof(order, world.psp().proof(needed.bill()));
    assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
    assertThat(delivered.json().at("/items/0/quantity").asInt()).isEqualTo(2);
    assertThat(delivered.json().at("/ship_to").asString()).isEqualTo("office");
    assertThat(delivered.facts().path("validation_status").asString()).isEqualTo("VALID");
    assertThat(delivered.has(A402Headers.PAYMENT_NEEDED)).isFalse();

    world.awaitEvent("fulfilment-confirmed");
    assertThat(world.psp().confirmations)
        .singleElement()
        .satisfies(
            sent -> assertThat(sent.path("out_trade_no").asString()).isEqualTo(order.orderNo()));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(world.events())
        .containsSubsequence(
            "intent-answered",
            "hold-placed",
            "bill-issued",
            "proof-accepted",
            "delivered",
            "fulfilment-confirmed");
  }
}
