package org.actsandbox.sandbox.notification.api;

import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;

/** Finds the service of a world that sends a delivery; each sends its own only. */
final class WebhookSenders {

  private WebhookSenders() {}

  /** Returns the deliveries of the payment service, which also reads those of the others. */
  static NotificationDeliveries any(World world) {
    return world.participant(Psp.class).notifications().deliveries();
  }

  static NotificationDeliveries of(World world, DeliveryEntry entry) {
    if (entry.sender().equals(World.DELEGATIONS)) {
      return world.participant(Delegations.class).deliveries();
    }
    if (entry.sender().equals(World.TRUST)) {
      return world.participant(Disputes.class).deliveries();
    }
    return any(world);
  }
}
