package org.actsandbox.merchants.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderRefund;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests how a merchant handles repeated, reordered, forged and late notifications (ACT PSD-8). */
class MerchantNotificationTests extends ToyTestBase {

  private byte[] paid(String id, String tradeNo, Bill bill) {
    return world
        .psp()
        .notification(
            id, "payment_succeeded", tradeNo, bill, TransactionState.WAIT_SELLER_FULFILLMENT);
  }

  private byte[] refunded(String id, String tradeNo, Bill bill) {
    return world
        .psp()
        .notification(id, "refund_succeeded", tradeNo, bill, TransactionState.TRADE_CLOSED);
  }

  /** Checks ACT CID-8.c. */
  @Test
  void aPaidOrderKeepsItsStockBeyondTheHold() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proof = world.psp().proof(bill, "T-1", c -> c);
    var notification = paid("N-1", "T-1", bill);

    assertThat(agent.notifies(notification).status()).isEqualTo(200);
    assertThat(agent.notifies(notification).status()).isEqualTo(200);

    assertThat(world.events().stream().filter("notification-received"::equals)).hasSize(1);
    world.advance(Duration.ofMinutes(29));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.PAID);
    assertThat(agent.readsOrder(order).tradeNo()).isEqualTo("T-1");
    assertThat(agent.showsProof(order, proof).status()).isEqualTo(200);
    agent.notifies(paid("N-2", "T-1", bill));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
    world.advance(Duration.ofHours(1));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.DELIVERED);
  }

  @Test
  void theNotificationOfTheRefundMayComeBeforeThatOfThePayment() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proof = world.psp().proof(bill, "T-1", c -> c);
    agent.notifies(refunded("N-2", "T-1", bill));
    agent.notifies(paid("N-1", "T-1", bill));
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.HELD);
    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_revoked");
  }

  /** Checks ACT A402-6.b. */
  @Test
  void aRefundByThePspRevokesTheProofAndFreesTheStock() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var proof = world.psp().proof(bill, "T-1", c -> c);
    agent.showsProof(order, proof);
    assertThat(world.left("tea")).isEqualTo(98);

    agent.notifies(refunded("N-1", "T-1", bill));

    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(world.left("tea")).isEqualTo(100);
    assertThat(agent.showsProof(order, proof).code()).isEqualTo("proof_revoked");
  }

  @Test
  void aPaymentAfterTheHoldTakesStockAgainOrGoesBack() {
    var lucky = agent.orders();
    var unlucky = agent.orders();
    var luckyBill = agent.billFor(lucky);
    var unluckyBill = agent.billFor(unlucky);
    world.advance(Duration.ofMinutes(31));
    world.merchants().get(ToyWorld.MERCHANT).disturb(new Disturbance.StockSet("tea", 2));

    agent.notifies(paid("N-1", "T-1", luckyBill));
    assertThat(agent.notifies(paid("N-2", "T-2", unluckyBill)).status()).isEqualTo(200);
    agent.notifies(paid("N-2", "T-2", unluckyBill));

    assertThat(agent.readsOrder(lucky).status()).isEqualTo(OrderStatus.PAID);
    assertThat(agent.readsOrder(unlucky).status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(world.psp().refundCalls)
        .singleElement()
        .satisfies(refund -> assertThat(refund.path("trade_no").asString()).isEqualTo("T-2"));
  }

  @Test
  void aPaymentOfACancelledOrderGoesBack() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    agent.cancels(order);
    agent.notifies(paid("N-1", "T-1", bill));
    agent.notifies(paid("N-2", "T-1", bill));
    var cancelled = agent.readsOrder(order);
    assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(world.psp().refundCalls).hasSize(1);
    assertThat(cancelled.refunded()).isEqualTo("60.00");
    assertThat(cancelled.refunds())
        .singleElement()
        .satisfies(
            refund -> {
              assertThat(refund.state()).isEqualTo(OrderRefund.State.DONE);
              assertThat(refund.amount()).isEqualTo("60.00");
              assertThat(refund.settledAt()).isNotNull();
              assertThat(refund.refundNo()).isNotEmpty();
            });
  }

  /** Checks that an order shows the refund also while the payment service gives no answer. */
  @Test
  void aRefundThatIsNotAnsweredYetIsPending() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    agent.notifies(paid("N-1", "T-1", bill));
    world.psp().failWith = 503;
    agent.cancels(order);
    var cancelled = agent.readsOrder(order);
    assertThat(cancelled.refunded()).isNull();
    assertThat(cancelled.refunds())
        .singleElement()
        .satisfies(
            refund -> {
              assertThat(refund.state()).isEqualTo(OrderRefund.State.PENDING);
              assertThat(refund.settledAt()).isNull();
            });
    world.psp().failWith = 0;
  }

  /** Checks that a later payment service may say more than this merchant knows. */
  @Test
  void aNotificationMayHaveMoreFields() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var more = (ObjectNode) Json.parse(paid("N-1", "T-1", bill));
    more.put("of_a_later_version", true);
    assertThat(agent.notifies(Json.bytes(SignedJson.sign(more, world.psp().signer()))).status())
        .isEqualTo(200);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void aForgedOrWrongNotificationChangesNothing() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var forged = (ObjectNode) Json.parse(paid("N-1", "T-1", bill));
    forged.put("trade_no", "T-2");
    assertThat(agent.notifies(Json.bytes(forged)).code()).isEqualTo("signature_invalid");

    var byAgent = agent.signed((ObjectNode) Json.parse(paid("N-1", "T-1", bill)));
    assertThat(agent.notifies(Json.bytes(byAgent)).code()).isEqualTo("signer_unknown");

    var other = agent.billFor(agent.orders());
    agent.notifies(paid("N-3", "T-3", other));
    assertThat(agent.notifies(paid("N-3", "T-1", bill)).code()).isEqualTo("duplicate_request");

    var tree = (ObjectNode) Json.tree(bill);
    var cheaper = Json.read(tree.put("amount", "0.01"), Bill.class);
    assertThat(agent.notifies(paid("N-4", "T-1", cheaper)).code()).isEqualTo("bill_mismatch");
    assertThat(agent.posts("/notifications", new byte[0], Map.of()).status()).isEqualTo(400);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.HELD);
  }

  @Test
  void withoutThePspsKeysANotificationIsNotAcknowledged() {
    var order = agent.orders();
    var bill = agent.billFor(order);
    var notification = paid("N-1", "T-1", bill);
    world.psp().failWith = 500;
    assertThat(agent.notifies(notification).status()).isEqualTo(502);
    world.psp().failWith = 0;
    assertThat(agent.notifies(notification).status()).isEqualTo(200);
    assertThat(agent.readsOrder(order).status()).isEqualTo(OrderStatus.PAID);
  }
}
