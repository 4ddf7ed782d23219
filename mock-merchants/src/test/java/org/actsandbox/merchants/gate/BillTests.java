package org.actsandbox.merchants.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.actsandbox.merchants.toy.HeaderSchemas;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.junit.jupiter.api.Test;

/** Tests the bills of orders (ACT A402-1, A402-3, A402-5, A402-11). */
class BillTests extends ToyTestBase {

  /** Checks ACT A402-1.a, A402-3.a and A402-4. */
  @Test
  void aBillIsSignedCompleteAndTheSameUntilItExpires() throws Exception {
    var order = agent.orders();
    var path = "/" + order.resourceId();

    var first = agent.gets(path);
    HeaderSchemas.assertNeeded(first.decoded(A402Headers.PAYMENT_NEEDED));
    var bill = first.bill();
    assertThat(bill.payBefore()).isEqualTo(order.holdUntil());
    assertThat(bill.outTradeNo()).isEqualTo(order.orderNo());
    assertThat(bill.sellerUniqueId()).isEqualTo(order.merchantDid());
    assertThat(bill.requestFingerprint())
        .isEqualTo(RequestFingerprint.of("GET", URI.create(order.resourceUrl()), "", new byte[0]));
    assertThat(bill.signerId()).isEqualTo(order.merchantDid() + "#key-1");

    var all = new HashSet<>(ToyWorld.race(16, () -> agent.gets(path).bill()));
    assertThat(all).containsExactly(bill);
  }

  @Test
  void racingFirstRequestsGetOneBill() throws Exception {
    var order = agent.orders();
    var bills = ToyWorld.race(16, () -> agent.gets("/" + order.resourceId()).bill());
    assertThat(new HashSet<>(bills)).hasSize(1);
  }

  @Test
  void anotherRequestGetsAnotherBillUpToALimit() {
    var order = agent.orders();
    var first = agent.billFor(order);
    var other = agent.gets("/" + order.resourceId() + "?lang=zh").bill();
    assertThat(other.requestFingerprint()).isNotEqualTo(first.requestFingerprint());
    assertThat(agent.billFor(order)).isEqualTo(first);

    for (int i = 0; i < OrderBills.MAX_PER_ORDER; i++) {
      agent.gets("/" + order.resourceId() + "?probe=" + i);
    }
    var enough = agent.gets("/" + order.resourceId() + "?probe=last");
    assertThat(enough.status()).isEqualTo(429);
    assertThat(enough.code()).isEqualTo("rate_limited");
  }

  @Test
  void afterTheHoldNothingIsBilled() {
    var order = agent.orders();
    agent.billFor(order);
    world.pass(Duration.ofMinutes(31));
    var dead = agent.gets("/" + order.resourceId());
    assertThat(dead.status()).isEqualTo(409);
    assertThat(dead.code()).isEqualTo("hold_expired");
    assertThat(dead.has(A402Headers.PAYMENT_NEEDED)).isFalse();
  }

  @Test
  void anUnknownOrderIsNotFoundWithAndWithoutProof() {
    var bill = agent.billFor(agent.orders());
    assertThat(agent.gets("/fulfilment/S-none").status()).isEqualTo(404);
    assertThat(
            agent
                .gets(
                    "/fulfilment/S-none",
                    Map.of(A402Headers.PAYMENT_PROOF, world.psp().proof(bill)))
                .status())
        .isEqualTo(404);
  }
}
