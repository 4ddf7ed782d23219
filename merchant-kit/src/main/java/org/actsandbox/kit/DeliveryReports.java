package org.actsandbox.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the payment service of deliveries (A402-7), then has the trust service anchor the
 * merchant's records of them (TSD-4): in the background, again after growing pauses until both
 * answered. Request ids and record ids are the same each time, so a lost answer does no harm.
 */
final class DeliveryReports implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final DeliveryStore store;
  private final WorldClient world;
  private final MerchantRecords records;
  private final Signer signer;
  private final Consumer<GateEvent> listener;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("act-deliveries").factory());

  DeliveryReports(
      DeliveryStore store,
      WorldClient world,
      MerchantRecords records,
      Signer signer,
      Consumer<GateEvent> listener) {
    this.store = store;
    this.world = world;
    this.records = records;
    this.signer = signer;
    this.listener = listener;
    // An earlier process delivered these and could not report them.
    store.unfinished().forEach(this::report);
  }

  void report(StoredDelivery delivery) {
    schedule(delivery, Duration.ZERO, FIRST_PAUSE);
  }

  private void schedule(StoredDelivery delivery, Duration wait, Duration nextPause) {
    try {
      var _ =
          executor.schedule(
              () -> attempt(delivery, nextPause), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The gate is closed. The store keeps the delivery as unfinished.
      unfinished(delivery, "the gate was closed");
    }
  }

  private void attempt(StoredDelivery scheduled, Duration nextPause) {
    var delivery = store.find(scheduled.tradeNo()).orElse(scheduled);
    try {
      if (!delivery.confirmed()) {
        confirm(delivery);
      }
      // The trust service asks for the confirmation first.
      deposit(delivery);
    } catch (IOException | RuntimeException failed) {
      unfinished(delivery, String.valueOf(failed.getMessage()));
      var doubled = nextPause.multipliedBy(2);
      schedule(delivery, nextPause, doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
    }
  }

  private void confirm(StoredDelivery delivery) throws IOException {
    var reply = world.askPaymentService("/fulfilments", message(delivery)).orRetry();
    store.confirmed(delivery.tradeNo());
    told(
        reply.isSuccess() ? GateEvent.Kind.CONFIRMED : GateEvent.Kind.UNCONFIRMED,
        delivery,
        reply.isSuccess() ? "confirmed" : "refused with " + reply.refusal());
  }

  private void deposit(StoredDelivery delivery) throws IOException {
    var sale = delivery.sale();
    if (sale != null) {
      var order = sale.order();
      var made = new ArrayList<OffChainRecord>();
      if (order != null) {
        made.add(records.cartConfirmed(order, sale.buyerDid()));
      }
      made.add(records.delivered(delivery, sale));
      for (var record : made) {
        var reply = world.deposit(record).orRetry();
        told(
            reply.isRecorded() ? GateEvent.Kind.RECORDED : GateEvent.Kind.UNRECORDED,
            delivery,
            reply.isRecorded() ? record.recordId() : "refused with " + reply.refusal());
      }
    }
    store.recorded(delivery.tradeNo());
  }

  private void unfinished(StoredDelivery delivery, String why) {
    told(
        delivery.confirmed() ? GateEvent.Kind.UNRECORDED : GateEvent.Kind.UNCONFIRMED,
        delivery,
        why);
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
