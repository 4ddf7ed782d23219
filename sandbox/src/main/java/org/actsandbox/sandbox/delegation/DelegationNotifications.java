package org.actsandbox.sandbox.delegation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.notification.NotificationMessages.DelegationNotification;
import org.actsandbox.sandbox.notification.Notification;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies agents of their authorities at the addresses that they registered or named. The methods
 * that add must be called within the transaction of the event, {@link
 * NotificationDeliveries#wakeUp} after it.
 */
final class DelegationNotifications {

  private final DelegationWorld world;
  private final NotificationDeliveries deliveries;

  DelegationNotifications(DelegationWorld world) {
    this.world = world;
    this.deliveries = new NotificationDeliveries(world, world.channels(), _ -> Optional.empty());
  }

  NotificationDeliveries deliveries() {
    return deliveries;
  }

  /** Adds the notification of an intent that was declined or lapsed. */
  void addEnded(DelegationIntent ended, NotificationEvent event, Instant at) {
    add(
        event,
        new Subject(
            ended.intentId(),
            ended.delegationId(),
            ended.agent(),
            ended.principal(),
            ended.status().code()),
        at);
  }

  void addIssued(Delegation issued) {
    add(NotificationEvent.DELEGATION_ISSUED, subject(issued), issued.issuedAt());
  }

  void addStateChanged(Delegation after) {
    var event =
        switch (after.current().state()) {
          case ACTIVE -> NotificationEvent.DELEGATION_RESUMED;
          case SUSPENDED -> NotificationEvent.DELEGATION_SUSPENDED;
          case REVOKED -> NotificationEvent.DELEGATION_REVOKED;
          case EXPIRED -> NotificationEvent.DELEGATION_EXPIRED;
        };
    add(event, subject(after), after.current().changedAt());
  }

  private record Subject(
      String intentId, String delegationId, Did agent, Did principal, String state) {}

  private static Subject subject(Delegation delegation) {
    return new Subject(
        delegation.intentId(),
        delegation.delegationId(),
        delegation.agent(),
        delegation.principal(),
        delegation.current().state().code());
  }

  private void add(NotificationEvent event, Subject subject, Instant at) {
    var agent = List.of(subject.agent());
    if (!deliveries.isWanted(event, subject.intentId(), agent)) {
      return;
    }
    var id = world.ids().next("N");
    var message =
        new DelegationNotification(
            id,
            event.code(),
            subject.intentId(),
            subject.delegationId(),
            subject.agent().value(),
            subject.principal().value(),
            subject.state(),
            at,
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(message), world.signer());
    deliveries.addWebhooks(
        new Notification(
            id, event, subject.intentId(), subject.intentId(), Json.write(signed), world.now()),
        agent);
  }
}
