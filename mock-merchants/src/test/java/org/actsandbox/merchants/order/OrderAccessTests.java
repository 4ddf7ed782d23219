package org.actsandbox.merchants.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.junit.jupiter.api.Test;

/**
 * Tests that only its buyer and its merchant reach an order: the order number alone gives no
 * access.
 */
class OrderAccessTests extends ToyTestBase {

  private static final Map<String, String> STRANGER = Map.of("Authorization", "Bearer other-agent");

  @Test
  void anotherAgentNeitherReadsNorCancelsIt() {
    var order = agent.orders();
    var path = "/orders/" + order.orderNo();

    var read = agent.gets(path, STRANGER);
    var cancelled = agent.posts(path + "/cancel", new byte[0], STRANGER);

    assertThat(read.status()).isEqualTo(404);
    assertThat(read.code()).isEqualTo("not_found");
    assertThat(cancelled.status()).isEqualTo(404);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.HELD);
  }

  @Test
  void itsBuyerCancelsIt() {
    var order = agent.orders();

    assertThat(agent.cancels(order).status()).isEqualTo(200);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void withoutAKeyItIsNotReadable() {
    assertThat(agent.gets("/orders/" + agent.orders().orderNo()).status()).isEqualTo(401);
  }
}
