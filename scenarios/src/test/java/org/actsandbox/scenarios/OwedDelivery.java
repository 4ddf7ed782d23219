package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.SHOP;
import static org.actsandbox.scenarios.Claims.balance;
import static org.actsandbox.scenarios.Claims.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A purchase that was paid and one that was not: after the kills everything owed is done, and
 * nothing twice. In a stopped world nothing is under way by itself, so both hit between two steps.
 */
final class OwedDelivery implements KillStory {

  private final Stage.Held held;
  private final Stage.Held unpaid;
  private final Money before;
  private final String tradeNo;
  private @Nullable JsonNode delivery;

  private OwedDelivery(Stage.Held held, Stage.Held unpaid, Money before, String tradeNo) {
    this.held = held;
    this.unpaid = unpaid;
    this.before = before;
    this.tradeNo = tradeNo;
  }

  static OwedDelivery begun(Stage stage) {
    var held = stage.held("1", SHOP, Stage.charger());
    var unpaid = stage.heldTrain("2");
    var before = balance(stage);
    var tradeNo = stage.asked(held);
    assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    return new OwedDelivery(held, unpaid, before, tradeNo);
  }

  @Override
  public void afterTheKill(Stage stage) {
    assertThat(payment(stage).path("status").asString()).isEqualTo("paid");
    assertThat(order(stage, SHOP, held).path("status").asString()).isEqualTo("HELD");
    assertThat(order(stage, "raileast", unpaid).path("status").asString()).isEqualTo("HELD");
    var notification = stage.notifications(SHOP).getFirst();
    assertThat(notification.path("status").asString()).isEqualTo("PENDING");
    assertThat(notification.path("attempts").asInt()).isZero();
    // The buyer does not know whether the last answers were meant, and asks for both again.
    assertThat(stage.askedAgain(held)).isEqualTo(tradeNo);
    assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    assertPaidOnce(stage);

    stage.advance("PT0S");

    assertThat(order(stage, SHOP, held).path("status").asString()).isEqualTo("PAID");
    var delivered = stage.buyer().showProof(held.resource(), stage.proof(tradeNo));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    delivery = delivered.json();
  }

  @Override
  public void afterAnotherKill(Stage stage) {
    assertThat(payment(stage).path("transaction_state").asString())
        .isEqualTo("WAIT_SELLER_FULFILLMENT");

    stage.advance("PT0S");

    assertThat(payment(stage).path("transaction_state").asString()).isEqualTo("TRADE_FINISHED");
    assertThat(stage.buyer().showProof(held.resource(), stage.proof(tradeNo)).json())
        .isEqualTo(delivery);
    assertPaidOnce(stage);
    assertThat(stage.notifications(SHOP)).hasSize(1);
    for (var once :
        List.of("notification-delivered", "notification-received", "fulfilment-confirmed")) {
      assertThat(stage.journal("event=" + once)).as(once).hasSize(1);
    }
    stage.advance("PT1H");
    assertThat(order(stage, "raileast", unpaid).path("status").asString()).isEqualTo("EXPIRED");
  }

  private void assertPaidOnce(Stage stage) {
    var price = Money.yuan(held.bill().path("amount").asString());
    assertThat(balance(stage)).isEqualTo(before.minus(price));
    assertThat(stage.paidOut()).hasSize(1);
    assertThat(sum(stage)).isEqualTo("0");
  }

  private JsonNode payment(Stage stage) {
    return stage.buyer().payment(tradeNo).json();
  }

  private static JsonNode order(Stage stage, String merchant, Stage.Held held) {
    return stage
        .client()
        .get(
            stage.target().at("/merchants/" + merchant + "/orders/" + held.orderNo()),
            stage.target().keys().merchants().get(merchant));
  }
}
