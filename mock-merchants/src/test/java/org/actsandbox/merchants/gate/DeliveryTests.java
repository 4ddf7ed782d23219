package org.actsandbox.merchants.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.toy.HeaderSchemas;
import org.actsandbox.merchants.toy.ToyAgent;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests that one proof gives one delivery, also when requests race (ACT A402-6, A402-7). */
class DeliveryTests extends ToyTestBase {

  /** Checks ACT A402-6.c. */
  @Test
  void theSameProofAgainGetsTheStoredResult() throws Exception {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order));

    var answers = ToyWorld.race(20, () -> agent.showsProof(order, proof));

    assertThat(answers).extracting(ToyAgent.Answer::status).containsOnly(200);
    assertThat(answers.stream().map(ToyAgent.Answer::text).distinct()).hasSize(1);
    assertThat(world.events().stream().filter("delivered"::equals)).hasSize(1);
    world.awaitEvent("fulfilment-confirmed");
    var later = agent.showsProof(order, proof);
    HeaderSchemas.assertValidation(later.decoded(A402Headers.PAYMENT_VALIDATION));
    assertThat(later.facts().path("fulfillment_status").asString()).isEqualTo("CONFIRMED");
    assertThat(later.facts().path("transaction_state").asString()).isEqualTo("TRADE_FINISHED");
  }

  @Test
  void ofTwoPaymentsForOneOrderOneDeliversAndTheOtherGoesBack() throws Exception {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proofs = List.of(world.psp().proof(bill), world.psp().proof(bill)).iterator();

    var answers = ToyWorld.race(2, () -> agent.showsProof(order, next(proofs)));

    assertThat(answers).extracting(ToyAgent.Answer::status).containsExactlyInAnyOrder(200, 402);
    var loser = answers.stream().filter(answer -> answer.status() == 402).findFirst().orElseThrow();
    assertThat(loser.code()).isEqualTo("delivery_conflict");
    assertThat(loser.bill()).isEqualTo(bill);
    HeaderSchemas.assertValidation(loser.decoded(A402Headers.PAYMENT_VALIDATION));
    assertThat(world.events().stream().filter("delivered"::equals)).hasSize(1);
    assertThat(world.psp().refunds.values())
        .singleElement()
        .satisfies(refund -> assertThat(refund.amount()).isEqualTo("60.00"));
    var kept = agent.readsOrder(order);
    assertThat(kept.status()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(world.psp().refunds.values().iterator().next().tradeNo())
        .isNotEqualTo(kept.tradeNo());
    assertThat(kept.refunded()).isNull();
  }

  private static synchronized String next(Iterator<String> proofs) {
    return proofs.next();
  }

  @RepeatedTest(8)
  void paymentAndExpiryRaceToOneOutcome() throws Exception {
    var order = agent.orders();
    world.pass(Duration.ofMinutes(29));
    var proof = world.psp().proof(agent.billFor(order));
    world.merchants().get(ToyWorld.MERCHANT).disturb(stock(0));
    world.pass(Duration.ofMinutes(1));
    var paying = new AtomicBoolean();

    var outcomes =
        ToyWorld.race(
            2,
            () -> {
              if (paying.compareAndSet(false, true)) {
                return agent.showsProof(order, proof).status();
              }
              world.advance(Duration.ZERO);
              return 0;
            });

    // Had the expiry been first, its two units were taken again: either way these two are sold
    // once.
    assertThat(outcomes).contains(200);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(world.left("tea")).isZero();
    assertThat(world.psp().refundCalls).isEmpty();
  }

  private static Disturbance stock(int left) {
    return new Disturbance.StockSet("tea", left);
  }

  @Test
  void aProofAfterTheHoldTakesStockAgain() {
    var order = agent.orders();
    var proof = world.psp().proof(agent.billFor(order), "T-1", c -> c);
    world.pass(Duration.ofMinutes(29));
    var fresh = world.psp().proof(agent.billFor(order), "T-2", c -> c);
    world.advance(Duration.ofMinutes(2));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(world.left("tea")).isEqualTo(100);

    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_expired");
    assertThat(agent.showsProof(order, fresh).status()).isEqualTo(200);

    assertThat(world.left("tea")).isEqualTo(98);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
  }

  @Test
  void aProofAfterTheHoldGoesBackWhenTheStockIsGone() {
    var order = agent.orders();
    world.pass(Duration.ofMinutes(29));
    var proof = world.psp().proof(agent.billFor(order));
    world.advance(Duration.ofMinutes(2));
    world.merchants().get(ToyWorld.MERCHANT).disturb(stock(1));

    var answer = agent.showsProof(order, proof);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("paid_too_late");
    HeaderSchemas.assertValidation(answer.decoded(A402Headers.PAYMENT_VALIDATION));
    assertThat(answer.facts().path("validation_status").asString()).isEqualTo("VALID");
    assertThat(answer.facts().path("delivery_status").asString()).isEqualTo("FAILED");
    assertThat(world.psp().refunds.values())
        .singleElement()
        .satisfies(refund -> assertThat(refund.amount()).isEqualTo("60.00"));
    var after = agent.readsOrder(order);
    assertThat(after.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(after.refunded()).isEqualTo("60.00");
    assertThat(world.left("tea")).isEqualTo(1);
    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_revoked");
    assertThat(world.psp().refundCalls).hasSize(1);
  }
}
