package org.actsandbox.merchants.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.merchants.toy.ToyAgent;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests a merchant's refunds: by the schedule or by staff, always once, also when the payment
 * service fails.
 */
class MerchantRefundTests extends ToyTestBase {

  private Order bought() {
    var order = agent.orders();
    var answer = agent.showsProof(order, world.psp().proof(agent.billFor(order)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return order;
  }

  private ToyAgent.Answer refunds(Order order, String id, String amount) {
    var body =
        """
        {"refund_request_id":"%s","reason":"damaged"%s}
        """
            .formatted(id, amount.isEmpty() ? "" : ",\"amount\":\"" + amount + "\"");
    return agent.asMerchant(
        "/orders/" + order.orderNo() + "/refund", body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"PT59M, 60.00", "PT23H, 30.00"})
  void cancellingGivesBackWhatTheScheduleSays(Duration after, String back) {
    var order = bought();
    world.advance(after);
    assertThat(agent.readsOrder(order).refundable()).isEqualTo(back);

    var cancelled = agent.cancels(order).order();

    assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(cancelled.refunded()).isEqualTo(back);
    assertThat(world.left("tea")).isEqualTo(100);
    assertThat(agent.cancels(order).order().refunded()).isEqualTo(back);
    assertThat(world.psp().refundCalls).hasSize(1);
  }

  @Test
  void cancellingForNothingIsRefusedAndAnUnpaidOrderJustEnds() {
    var order = bought();
    world.advance(Duration.ofHours(25));
    assertThat(agent.cancels(order).code()).isEqualTo("not_cancellable");
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);

    var unpaid = agent.orders();
    assertThat(agent.cancels(unpaid).order().status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(world.psp().refundCalls).isEmpty();
    assertThat(agent.gets("/" + unpaid.resourceId()).code()).isEqualTo("payment_closed");
  }

  @Test
  void partsAddUpToTheTotalAndNoFurther() {
    var order = bought();
    assertThat(refunds(order, "F-1", "20.00").order().refunded()).isEqualTo("20.00");
    assertThat(refunds(order, "F-1", "20.00").order().refunded()).isEqualTo("20.00");
    assertThat(refunds(order, "F-1", "21.00").code()).isEqualTo("duplicate_request");
    assertThat(refunds(order, "F-2", "40.01").code()).isEqualTo("refund_exceeds");
    assertThat(refunds(order, "F-3", "").order().refunded()).isEqualTo("60.00");
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(refunds(order, "F-4", "0.01").code()).isEqualTo("refund_not_allowed");
    assertThat(world.psp().refunds).hasSize(2);
  }

  @Test
  void racingRefundsNeverExceedTheTotal() throws Exception {
    var order = bought();
    var ids = new AtomicInteger();
    var answers = ToyWorld.race(10, () -> refunds(order, "F-" + ids.incrementAndGet(), "25.00"));
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(2);
    assertThat(agent.readsOrder(order).refunded()).isEqualTo("50.00");
  }

  @Test
  void onlyPaidOrdersAreRefundedAndOnlyByTheirMerchant() {
    var order = agent.orders();
    assertThat(refunds(order, "F-1", "").code()).isEqualTo("refund_not_allowed");
    assertThat(
            agent
                .posts("/orders/" + order.orderNo() + "/refund", new byte[] {123, 125}, Map.of())
                .status())
        .isEqualTo(401);
  }

  @Test
  void aLostAnswerIsAskedForAgainAndPaysOnce() {
    var order = bought();
    world.awaitEvent("fulfilment-confirmed");
    world.psp().loseAnswersWith = 504;
    assertThat(agent.cancels(order).order().refunded()).isNull();
    world.psp().loseAnswersWith = 0;

    world.advance(Duration.ofMinutes(2));

    assertThat(agent.readsOrder(order).refunded()).isEqualTo("60.00");
    assertThat(world.psp().refunds).hasSize(1);
    assertThat(world.psp().refundCalls).hasSize(2);
    assertThat(world.events()).contains("refund-pending", "refunded");
  }

  @Test
  void aRefusedRefundFreesItsReservation() {
    var order = bought();
    world.awaitEvent("fulfilment-confirmed");
    world.psp().failWith = 422;
    assertThat(refunds(order, "F-1", "60.00").order().refunded()).isNull();
    world.psp().failWith = 0;
    assertThat(world.events()).contains("refund-failed");
    assertThat(refunds(order, "F-2", "60.00").order().refunded()).isEqualTo("60.00");
  }
}
