package org.actsandbox.sandbox.edge.fault;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.Fault;
import tools.jackson.core.JacksonException;

/**
 * Holds back a notification of a trade until the next one has arrived, so that they arrive in
 * another order.
 */
final class NotificationReordering {

  private NotificationReordering() {}

  private record NotificationKey(String tradeNo, String notificationId) {}

  static boolean isStillHeld(FaultContext faultContext) {
    return faultContext.surface().operation().equals("/notifications")
        && notification(faultContext)
            .filter(
                notification ->
                    faultContext
                        .world()
                        .faults()
                        .holds(
                            notification.tradeNo(),
                            notification.notificationId(),
                            faultContext.world().clock().instant()))
            .isPresent();
  }

  /**
   * Holds the notification. False when the request is no notification, or when its trade had its
   * exchange of order already.
   */
  static boolean hold(FaultContext faultContext, Fault fault) {
    return notification(faultContext)
        .filter(
            notification ->
                faultContext
                    .world()
                    .faults()
                    .hold(
                        fault,
                        notification.tradeNo(),
                        notification.notificationId(),
                        faultContext.world().clock().instant()))
        .isPresent();
  }

  private static Optional<NotificationKey> notification(FaultContext faultContext) {
    try {
      var message = Json.parse(faultContext.body());
      var notification =
          new NotificationKey(
              message.path("trade_no").asString(""), message.path("notification_id").asString(""));
      return notification.tradeNo().isEmpty() ? Optional.empty() : Optional.of(notification);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
