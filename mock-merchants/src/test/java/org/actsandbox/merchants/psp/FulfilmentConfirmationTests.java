package org.actsandbox.merchants.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.actsandbox.merchants.toy.ToyServer;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a delivery stands in every case, whether or not the payment service confirms it (ACT
 * A402-7, A402-9).
 */
class FulfilmentConfirmationTests extends ToyTestBase {

  /**
   * The payment service fails after the delivery in these tests, so the merchant must not ask it
   * before.
   */
  @BeforeEach
  void deliversWithoutAsking() {
    world.verifyOnline.set(false);
  }

  @Test
  void aSilentPspIsToldAgainWithGrowingPauses() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    agent.showsProof(agent.orders(), proof); // brings the key set
    world.psp().failWith = 503;

    var answer = agent.showsProof(order, proof);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.facts().path("fulfillment_status").asString()).isEqualTo("PENDING");
    assertThat(answer.facts().path("transaction_state").asString()).isEqualTo("WAIT_BUYER_RECEIPT");
    world.awaitEvent("fulfilment-pending");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.psp().confirmations).isEmpty();

    world.psp().failWith = 0;
    world.advance(Duration.ofMinutes(6));

    assertThat(world.psp().confirmations).hasSize(1);
    assertThat(agent.showsProof(order, proof).facts().path("fulfillment_status").asString())
        .isEqualTo("CONFIRMED");
    assertThat(world.wakeUps).isNotEmpty();
  }

  @Test
  void aLostAnswerIsRepeatedWithTheSameRequestId() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    agent.showsProof(agent.orders(), proof);
    world.psp().loseAnswersWith = 504;
    agent.showsProof(order, proof);
    world.awaitEvent("fulfilment-pending");
    world.psp().loseAnswersWith = 0;
    world.advance(Duration.ofMinutes(6));
    assertThat(world.psp().confirmations).hasSize(2);
    assertThat(world.psp().confirmations.getFirst().get("request_id"))
        .isEqualTo(world.psp().confirmations.getLast().get("request_id"));
    assertThat(world.events()).contains("fulfilment-confirmed");
  }

  @Test
  void aRefusedConfirmationIsNotRepeatedAndTheGoodsStay() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));
    agent.showsProof(agent.orders(), proof);
    world.psp().failWith = 409;
    agent.showsProof(order, proof);
    world.awaitEvent("fulfilment-refused");
    world.psp().failWith = 0;
    world.advance(Duration.ofDays(1));
    assertThat(world.psp().confirmations).isEmpty();
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
  }

  @Test
  void aRestartInTheMiddleLosesNothing(@TempDir Path folder) {
    var server = ToyServer.start(folder);
    var before = ToyWorld.open(server);
    before.verifyOnline.set(false);
    var buyer = before.agent();
    var held = buyer.orders();
    var bought = buyer.orders();
    var proof = before.psp().proof(buyer.billFor(bought));
    var heldBill = buyer.billFor(held);
    buyer.showsProof(buyer.orders(), proof);
    before.psp().failWith = 503;
    buyer.showsProof(bought, proof);
    before.awaitEvent("fulfilment-pending");
    before.close();

    try (var again = server.restart();
        var after = before.reopen(again)) {
      var same = after.agent();
      assertThat(same.readsOrder(bought).status()).isEqualTo(OrderStatus.DELIVERED);
      assertThat(after.psp().confirmations).isEmpty();
      after.advance(Duration.ofMinutes(2));
      assertThat(after.psp().confirmations).hasSize(1);

      var heldProof = after.psp().proof(heldBill, "T-9", c -> c);
      assertThat(same.readsOrder(held).status()).isEqualTo(OrderStatus.HELD);
      assertThat(after.left("tea")).isEqualTo(94);
      after.advance(Duration.ofMinutes(29));
      assertThat(same.readsOrder(held).status()).isEqualTo(OrderStatus.EXPIRED);
      assertThat(after.left("tea")).isEqualTo(98);
      assertThat(heldProof).isNotEmpty();
    }
  }
}
