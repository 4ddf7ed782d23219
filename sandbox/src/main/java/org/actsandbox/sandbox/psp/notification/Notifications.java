package org.actsandbox.sandbox.psp.notification;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.notification.NotificationMessages.TestNotification;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.DeliveryFilter;
import org.actsandbox.sandbox.notification.Notification;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.actsandbox.sandbox.notification.WebhookEndpoint;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies of payments: the merchant at its standard address (ACT PSD-8), and merchant and agent at
 * their webhook endpoints.
 */
public final class Notifications {

  private final PspWorld world;
  private final NotificationDeliveries deliveries;

  public Notifications(PspWorld world) {
    this.world = world;
    this.deliveries =
        new NotificationDeliveries(
            world, world.channels(), did -> world.payees().apply(did).map(Payee::notifications));
  }

  public NotificationDeliveries deliveries() {
    return deliveries;
  }

  /** Represents a line of a merchant's delivery log as it is shown. */
  public record NotificationView(
      String notificationId,
      String event,
      String tradeNo,
      String status,
      int attempts,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant lastAttemptAt,
      @Nullable String lastOutcome) {

    static NotificationView of(DeliveryEntry entry) {
      var notification = entry.notification();
      return new NotificationView(
          notification.notificationId(),
          notification.event().code(),
          notification.subject(),
          entry.status().name(),
          entry.attempts(),
          notification.createdAt(),
          entry.nextAttemptAt(),
          entry.lastAttemptAt(),
          entry.lastOutcome());
    }
  }

  /** Signs and stores a notification in the caller's transaction and returns its id. */
  public String add(NotificationEvent event, Trade trade) {
    return add(sign(event, trade), trade);
  }

  /** Stores a signed notification in the caller's transaction and returns its id. */
  public String add(Notification signed, Trade trade) {
    var payee = trade.terms().bill().payee();
    deliveries.addStandard(signed, payee);
    deliveries.addWebhooks(signed, List.of(payee, trade.terms().agent()));
    world
        .formNotices()
        .of(signed.notificationId(), signed.event(), trade.tradeNo())
        .ifPresent(notice -> deliveries.addForm(signed, payee, notice.url(), notice.body()));
    return signed.notificationId();
  }

  /** Notifies the agent of an event that the merchant knows already, if it wishes to be told. */
  public void addForAgent(NotificationEvent event, Trade trade) {
    if (isWantedByAgent(event, trade)) {
      deliveries.addWebhooks(sign(event, trade), List.of(trade.terms().agent()));
    }
  }

  /** Says whether the agent of the payment wishes to be told. */
  public boolean isWantedByAgent(NotificationEvent event, Trade trade) {
    return deliveries.isWanted(event, trade.tradeNo(), List.of(trade.terms().agent()));
  }

  /** Makes and signs a notification without storing it. */
  public Notification sign(NotificationEvent event, Trade trade) {
    var id = world.ids().next("N");
    var now = world.now();
    var paymentTerms = trade.terms();
    // A partial refund states its own amount: if it looked like the whole, the merchant would
    // release what it sold.
    var amount =
        event == NotificationEvent.REFUND_SUCCEEDED
            ? trade.progress().refunded()
            : paymentTerms.amount();
    var message =
        new PspMessages.Notification(
            id,
            event.code(),
            trade.tradeNo(),
            paymentTerms.bill().orderNo(),
            paymentTerms.bill().resourceId(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            trade.progress().state(),
            now,
            null,
            null,
            null);
    return signed(id, event, trade.tradeNo(), paymentTerms.intentId(), message, now);
  }

  private Notification signed(
      String id,
      NotificationEvent event,
      String subject,
      @Nullable String intentId,
      Object message,
      Instant now) {
    var signed = SignedJson.sign((ObjectNode) Json.tree(message), world.signer());
    return new Notification(id, event, subject, intentId, Json.write(signed), now);
  }

  /**
   * Makes the first attempts in the background or by the clock; must be called after the commit.
   */
  public void sendAfterCommit(String id, Trade trade) {
    deliveries.sendAfterCommit(id, trade.terms().bill().payee());
  }

  /** Sends an event without meaning to an endpoint at once. */
  public DeliveryEntry test(WebhookEndpoint endpoint) {
    var id = world.ids().next("N");
    var now = world.now();
    var message =
        new TestNotification(
            id, NotificationEvent.TEST.code(), endpoint.endpointId(), now, null, null, null);
    return deliveries.send(
        signed(id, NotificationEvent.TEST, endpoint.endpointId(), null, message, now), endpoint);
  }

  /** Lists a merchant's notifications at its standard address, newest first. */
  public Page<NotificationView> log(Did payee, @Nullable String cursor) {
    var page =
        deliveries.log(new DeliveryFilter(payee, DeliveryEntry.STANDARD, null, null), cursor);
    return new Page<>(page.items().stream().map(NotificationView::of).toList(), page.next());
  }

  /**
   * Sends a notification again at once, also one that was delivered or given up.
   *
   * @throws Refusal {@code not_found}, also for another merchant's notification
   */
  public NotificationView resend(Did payee, String id) {
    return NotificationView.of(deliveries.attemptNow(deliveries.require(id, payee)));
  }

  /** Stops sending; unsent notifications stay in the table. */
  public void close() {
    deliveries.close();
  }
}
