package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.DeliveryFilter;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests ACT PSD-8: the merchant is notified, if necessary after repetitions. */
class NotificationTests {

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  @Test
  void arrivesSignedRightAfterPayment() {
    var paid = pspTestBench.paid("S-1", "10.00");
    var notification = pspTestBench.peers.nextNotification();
    assertThat(SignedJson.verify(notification, pspTestBench::publicKey))
        .isEqualTo(PspTestBench.PSP);
    assertThat(notification.path("event").stringValue()).isEqualTo("payment_succeeded");
    assertThat(notification.path("trade_no").stringValue()).isEqualTo(paid.tradeNo());
    assertThat(notification.path("transaction_state").stringValue())
        .isEqualTo("WAIT_SELLER_FULFILLMENT");
  }

  /** An answer of 0 means that the connection is cut. Checks ACT PSD-8.b. */
  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302, 0})
  void isSentAgainWithTheSameIdUntilAcknowledged(int answer) {
    var left = new AtomicInteger(3);
    pspTestBench.peers.merchantAnswers = () -> left.getAndDecrement() > 0 ? answer : 200;
    pspTestBench.paid("S-1", "10.00");
    awaitAttempts(1);
    pspTestBench.advance(Duration.ofSeconds(2));
    awaitAttempts(2);
    pspTestBench.advance(Duration.ofSeconds(10));
    awaitAttempts(3);
    assertThat(log().attempts()).isEqualTo(3);
    assertThat(log().status()).isEqualTo("PENDING");
    pspTestBench.advance(Duration.ofSeconds(59));
    assertThat(log().attempts()).isEqualTo(3);
    pspTestBench.advance(Duration.ofSeconds(1));
    assertThat(log().status()).isEqualTo("DELIVERED");
    assertThat(log().nextAttemptAt()).isNull();
    var ids = new HashSet<String>();
    // The merchant stores a notification after it has answered.
    ids.add(pspTestBench.peers.nextNotification().path("notification_id").stringValue());
    pspTestBench.peers.notified.forEach(one -> ids.add(one.path("notification_id").stringValue()));
    assertThat(ids).containsExactly(log().notificationId());
  }

  @Test
  void isGivenUpInTheEndAndCanBeResentByItsMerchantOnly() {
    pspTestBench.peers.merchantAnswers = () -> 503;
    pspTestBench.paid("S-1", "10.00");
    awaitAttempts(1);
    for (int i = 0; i < 10; i++) {
      pspTestBench.advance(Duration.ofHours(7));
    }
    assertThat(log().status()).isEqualTo("GIVEN_UP");
    assertThat(log().lastOutcome()).isEqualTo("status 503");
    assertThat(log().attempts()).isEqualTo(8);
    pspTestBench.peers.merchantAnswers = () -> 204;
    var id = log().notificationId();
    var foreign =
        catchThrowableOfType(
            Refusal.class, () -> pspTestBench.psp().notifications().resend(PspTestBench.RAIL, id));
    assertThat(foreign.problem()).isEqualTo(Problem.NOT_FOUND);
    assertThat(pspTestBench.psp().notifications().resend(PspTestBench.SHOP, id).status())
        .isEqualTo("DELIVERED");
  }

  @Test
  void survivesARestart() {
    pspTestBench.peers.merchantAnswers = () -> 500;
    pspTestBench.paid("S-1", "10.00");
    awaitAttempts(1);
    pspTestBench.restart();
    pspTestBench.peers.merchantAnswers = () -> 200;
    assertThat(pspTestBench.psp().dueWork().get(1).nextDue()).isPresent();
    pspTestBench.advance(Duration.ofSeconds(2));
    assertThat(log().status()).isEqualTo("DELIVERED");
  }

  /** The merchant's notification is sent in the background, the agent's by the clock. */
  @Test
  void anAgentIsToldAtTheAddressItNamedEvenAfterACrash() {
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "10.00");
    request.put("callback_url", pspTestBench.peers.address("/callback"));
    var paid = pspTestBench.approve(pspTestBench.take(request));
    var toMerchant = pspTestBench.peers.nextNotification();
    assertThat(callbacks()).extracting(DeliveryEntry::attempts).containsExactly(0);
    pspTestBench.restart();
    pspTestBench.advance(Duration.ZERO);

    assertThat(pspTestBench.peers.nextNotification()).isEqualTo(toMerchant);
    assertThat(callbacks())
        .extracting(DeliveryEntry::status)
        .containsExactly(DeliveryEntry.Status.DELIVERED);
    assertThat(callbacks().getFirst().notification().subject()).isEqualTo(paid.tradeNo());
  }

  private List<DeliveryEntry> callbacks() {
    return pspTestBench
        .psp()
        .notifications()
        .deliveries()
        .log(new DeliveryFilter(PspTestBench.AGENT, DeliveryEntry.CALLBACK, null, null), null)
        .items();
  }

  @Test
  void notifiesOfEndsAndRefundsToo() {
    pspTestBench.psp().payments().close(pspTestBench.waiting("S-1", "1.00").tradeNo(), agent());
    assertThat(pspTestBench.peers.nextNotification().path("event").stringValue())
        .isEqualTo("payment_closed");
    var paid = pspTestBench.paid("S-2", "2.00");
    assertThat(pspTestBench.peers.nextNotification().path("event").stringValue())
        .isEqualTo("payment_succeeded");
    pspTestBench
        .psp()
        .refunds()
        .refund(
            pspTestBench.refundRequest("B-1", paid.tradeNo(), "2.00", PspTestBench.SHOP),
            PspTestBench.SHOP);
    var refund = pspTestBench.peers.nextNotification();
    assertThat(refund.path("event").stringValue()).isEqualTo("refund_succeeded");
    assertThat(refund.path("transaction_state").stringValue()).isEqualTo("TRADE_CLOSED");
  }

  @Test
  void aSilentMerchantTakesNoPlaceFromAnother() {
    pspTestBench.peers.silent = PspTestBench.SHOP;
    for (int i = 0; i < 40; i++) {
      pspTestBench.paid("S-" + i, "1.00");
    }
    var other =
        pspTestBench.approve(
            pspTestBench.take(pspTestBench.request("Q-R", PspTestBench.RAIL, "R-1", "1.00")));
    assertThat(pspTestBench.peers.nextNotification().path("trade_no").stringValue())
        .isEqualTo(other.tradeNo());
  }

  /**
   * There are more notifications than a clock could send within the test's time if it waited for
   * each.
   */
  @Test
  void aRunningClockDoesNotWaitForASilentMerchant() throws Exception {
    var paid = pspTestBench.paid("S-1", "1.00");
    assertThat(pspTestBench.peers.nextNotification().path("trade_no").stringValue())
        .isEqualTo(paid.tradeNo());
    pspTestBench.peers.silent = PspTestBench.SHOP;
    for (int i = 0; i < 320; i++) {
      pspTestBench.psp().notifications().add(NotificationEvent.PAYMENT_SUCCEEDED, paid);
    }
    pspTestBench.peers.merchantAnswers = () -> 500;
    var other =
        pspTestBench.approve(
            pspTestBench.take(pspTestBench.request("Q-R", PspTestBench.RAIL, "R-1", "1.00")));
    assertThat(pspTestBench.peers.nextNotification().path("trade_no").stringValue())
        .isEqualTo(other.tradeNo());
    awaitAttempts(PspTestBench.RAIL, 1);
    pspTestBench.peers.merchantAnswers = () -> 204;

    var clock =
        Thread.ofVirtual()
            .start(
                () -> {
                  // Each tick starts a limited number; the rest is due at once again.
                  pspTestBench.tick(Duration.ofSeconds(2));
                  pspTestBench.tick(Duration.ZERO);
                });

    assertThat(clock.join(Duration.ofSeconds(30))).as("the clock goes on").isTrue();
    assertThat(pspTestBench.peers.nextNotification().path("trade_no").stringValue())
        .isEqualTo(other.tradeNo());
    awaitAttempts(PspTestBench.RAIL, 2);
    assertThat(log(PspTestBench.RAIL).status()).isEqualTo("DELIVERED");
  }

  private static org.actsandbox.protocol.identity.Caller agent() {
    return new org.actsandbox.protocol.identity.Caller(
        org.actsandbox.protocol.identity.Role.AGENT, PspTestBench.AGENT);
  }

  private Notifications.NotificationView log() {
    return log(PspTestBench.SHOP);
  }

  private Notifications.NotificationView log(Did merchant) {
    return pspTestBench.psp().notifications().log(merchant, null).items().getFirst();
  }

  /** Waits for attempts in the background, which are logged when they end. */
  private void awaitAttempts(int attempts) {
    awaitAttempts(PspTestBench.SHOP, attempts);
  }

  private void awaitAttempts(Did merchant, int attempts) {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (log(merchant).attempts() < attempts) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still " + Objects.toString(log(merchant)));
      }
      Thread.onSpinWait();
    }
  }
}
