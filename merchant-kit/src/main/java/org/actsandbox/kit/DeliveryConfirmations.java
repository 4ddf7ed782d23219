package org.actsandbox.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the payment service of deliveries (A402-7) in the background, again after growing pauses
 * until it answers. Its request id is the same each time, so a lost answer does no harm.
 */
final class DeliveryConfirmations implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final DeliveryStore store;
  private final PaymentServiceClient paymentService;
  private final Signer signer;
  private final Consumer<GateEvent> listener;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("act-confirmations").factory());

  DeliveryConfirmations(
      DeliveryStore store,
      PaymentServiceClient paymentService,
      Signer signer,
      Consumer<GateEvent> listener) {
    this.store = store;
    this.paymentService = paymentService;
    this.signer = signer;
    this.listener = listener;
    // An earlier process delivered these and could not confirm them.
    store.unconfirmed().forEach(this::confirm);
  }

  void confirm(StoredDelivery delivery) {
    schedule(delivery, Duration.ZERO, FIRST_PAUSE);
  }

  private void schedule(StoredDelivery delivery, Duration wait, Duration nextPause) {
    try {
      var _ =
          executor.schedule(
              () -> attempt(delivery, nextPause), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The gate is closed. The store keeps the delivery as unconfirmed.
      told(GateEvent.Kind.UNCONFIRMED, delivery, "the gate was closed");
    }
  }

  private void attempt(StoredDelivery delivery, Duration nextPause) {
    try {
      var reply = paymentService.post("/fulfilments", message(delivery));
      if (reply.status() == 408 || reply.status() == 429 || reply.status() >= 500) {
        retry(delivery, nextPause, "status " + reply.status());
        return;
      }
      boolean taken = reply.status() < 300;
      store.confirmed(delivery.tradeNo());
      told(
          taken ? GateEvent.Kind.CONFIRMED : GateEvent.Kind.UNCONFIRMED,
          delivery,
          taken ? "confirmed" : "refused with %d %s".formatted(reply.status(), reply.code()));
    } catch (IOException | RuntimeException failed) {
      retry(delivery, nextPause, String.valueOf(failed.getMessage()));
    }
  }

  private void retry(StoredDelivery delivery, Duration pause, String why) {
    told(GateEvent.Kind.UNCONFIRMED, delivery, why);
    var doubled = pause.multipliedBy(2);
    schedule(delivery, pause, doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
  }

  private void told(GateEvent.Kind kind, StoredDelivery delivery, String detail) {
    listener.accept(
        new GateEvent(
            kind, delivery.resourceId(), delivery.outTradeNo(), delivery.tradeNo(), detail));
  }

  private String message(StoredDelivery delivery) {
    var unsigned =
        new PspMessages.FulfilmentConfirmation(
            "F-" + delivery.outTradeNo(),
            delivery.tradeNo(),
            delivery.outTradeNo(),
            delivery.resourceId(),
            delivery.deliveredAt(),
            delivery.digest(),
            null,
            null,
            null);
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(unsigned), signer));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
