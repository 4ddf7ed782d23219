package org.actsandbox.sandbox.dispute;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.notification.NotificationMessages.DisputeNotification;
import org.actsandbox.sandbox.notification.Notification;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies the merchant and the agent of a disputed payment at the addresses that they registered
 * or named. {@link #add} must be called within the transaction of the event, {@link
 * NotificationDeliveries#wakeUp} after it.
 */
final class DisputeNotifications {

  private final TrustWorld world;
  private final NotificationDeliveries deliveries;

  DisputeNotifications(TrustWorld world, NotificationChannels channels) {
    this.world = world;
    this.deliveries = new NotificationDeliveries(world, channels, _ -> Optional.empty());
  }

  NotificationDeliveries deliveries() {
    return deliveries;
  }

  void add(NotificationEvent event, Dispute dispute) {
    var purchase = dispute.purchase();
    var parties = List.of(purchase.merchant(), purchase.agent());
    if (!deliveries.isWanted(event, purchase.tradeNo(), parties)) {
      return;
    }
    var id = world.ids().next("N");
    var outcome = dispute.progress().outcome();
    var refund = dispute.progress().refund().ordered();
    var now = world.now();
    var message =
        new DisputeNotification(
            id,
            event.code(),
            dispute.disputeId(),
            purchase.tradeNo(),
            purchase.orderNo(),
            dispute.claim().kind().code(),
            outcome == null ? null : outcome.code(),
            refund == null ? null : refund.decimal(),
            purchase.paid().currency().getCurrencyCode(),
            now,
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(message), world.signer());
    deliveries.addWebhooks(
        new Notification(
            id, event, purchase.tradeNo(), purchase.intentId(), Json.write(signed), now),
        parties);
  }
}
