package org.actsandbox.sandbox.edge;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.Fault;
import tools.jackson.core.JacksonException;

/** Lets the notifications of a trade arrive in another order. */
final class NotificationReordering {

  private NotificationReordering() {}

  private record News(String tradeNo, String notificationId) {}

  static boolean isStillHeld(FaultContext faultContext) {
    return faultContext.surface().operation().equals("/notifications")
        && news(faultContext)
            .filter(
                news ->
                    faultContext
                        .world()
                        .faults()
                        .holds(
                            news.tradeNo(),
                            news.notificationId(),
                            faultContext.world().clock().instant()))
            .isPresent();
  }

  /** False when it is no notification, or its trade had its swap. */
  static boolean hold(FaultContext faultContext, Fault fault) {
    return news(faultContext)
        .filter(
            news ->
                faultContext
                    .world()
                    .faults()
                    .hold(
                        fault,
                        news.tradeNo(),
                        news.notificationId(),
                        faultContext.world().clock().instant()))
        .isPresent();
  }

  private static Optional<News> news(FaultContext faultContext) {
    try {
      var message = Json.parse(faultContext.body());
      var news =
          new News(
              message.path("trade_no").asString(""), message.path("notification_id").asString(""));
      return news.tradeNo().isEmpty() ? Optional.empty() : Optional.of(news);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
