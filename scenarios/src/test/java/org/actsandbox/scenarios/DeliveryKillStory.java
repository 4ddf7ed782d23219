package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.SHOP;
import static org.actsandbox.scenarios.DisputeTestSteps.balance;
import static org.actsandbox.scenarios.DisputeTestSteps.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks a paid and an unpaid purchase: after the kills everything that is owed is done once. In a
 * stopped world no work runs by itself, so both kills hit between two steps.
 */
final class DeliveryKillStory implements KillStory {

  private final ScenarioTestWorld.HeldOrder heldOrder;
  private final ScenarioTestWorld.HeldOrder unpaid;
  private final Money before;
  private final String tradeNo;
  private @Nullable JsonNode delivery;

  private DeliveryKillStory(
      ScenarioTestWorld.HeldOrder heldOrder,
      ScenarioTestWorld.HeldOrder unpaid,
      Money before,
      String tradeNo) {
    this.heldOrder = heldOrder;
    this.unpaid = unpaid;
    this.before = before;
    this.tradeNo = tradeNo;
  }

  static DeliveryKillStory begun(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    var unpaid = scenarioTestWorld.heldTrain("2");
    var before = balance(scenarioTestWorld);
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    return new DeliveryKillStory(heldOrder, unpaid, before, tradeNo);
  }

  @Override
  public void afterTheKill(ScenarioTestWorld scenarioTestWorld) {
    assertThat(payment(scenarioTestWorld).path("status").asString()).isEqualTo("paid");
    assertThat(order(scenarioTestWorld, SHOP, heldOrder).path("status").asString())
        .isEqualTo("HELD");
    assertThat(order(scenarioTestWorld, "raileast", unpaid).path("status").asString())
        .isEqualTo("HELD");
    var notification = scenarioTestWorld.notifications(SHOP).getFirst();
    assertThat(notification.path("status").asString()).isEqualTo("PENDING");
    assertThat(notification.path("attempts").asInt()).isZero();
    // The buyer does not know whether the last answers are valid, and requests both again.
    assertThat(scenarioTestWorld.askedAgain(heldOrder)).isEqualTo(tradeNo);
    assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    assertPaidOnce(scenarioTestWorld);

    scenarioTestWorld.advance("PT0S");

    assertThat(order(scenarioTestWorld, SHOP, heldOrder).path("status").asString())
        .isEqualTo("PAID");
    var delivered =
        scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    delivery = delivered.json();
  }

  @Override
  public void afterAnotherKill(ScenarioTestWorld scenarioTestWorld) {
    assertThat(payment(scenarioTestWorld).path("transaction_state").asString())
        .isEqualTo("WAIT_SELLER_FULFILLMENT");

    scenarioTestWorld.advance("PT0S");

    assertThat(payment(scenarioTestWorld).path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo))
                .json())
        .isEqualTo(delivery);
    assertPaidOnce(scenarioTestWorld);
    assertThat(scenarioTestWorld.notifications(SHOP)).hasSize(1);
    for (var once :
        List.of("notification-delivered", "notification-received", "fulfilment-confirmed")) {
      assertThat(scenarioTestWorld.journal("event=" + once)).as(once).hasSize(1);
    }
    scenarioTestWorld.advance("PT1H");
    assertThat(order(scenarioTestWorld, "raileast", unpaid).path("status").asString())
        .isEqualTo("EXPIRED");
  }

  private void assertPaidOnce(ScenarioTestWorld scenarioTestWorld) {
    var price = Money.yuan(heldOrder.bill().path("amount").asString());
    assertThat(balance(scenarioTestWorld)).isEqualTo(before.minus(price));
    assertThat(scenarioTestWorld.paidOut()).hasSize(1);
    assertThat(sum(scenarioTestWorld)).isEqualTo("0");
  }

  private JsonNode payment(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld.buyer().payment(tradeNo).json();
  }

  private static JsonNode order(
      ScenarioTestWorld scenarioTestWorld, String merchant, ScenarioTestWorld.HeldOrder heldOrder) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld
                .target()
                .at("/merchants/" + merchant + "/orders/" + heldOrder.orderNo()),
            scenarioTestWorld.target().keys().merchants().get(merchant));
  }
}
