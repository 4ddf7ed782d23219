package org.actsandbox.sandbox.edge;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.Fault;
import tools.jackson.core.JacksonException;

/** Lets the notifications of a trade arrive in another order. */
final class Swaps {

  private Swaps() {}

  private record News(String tradeNo, String notificationId) {}

  static boolean stillHeld(Scene scene) {
    return scene.surface().operation().equals("/notifications")
        && news(scene)
            .filter(
                news ->
                    scene
                        .world()
                        .faults()
                        .holds(
                            news.tradeNo(), news.notificationId(), scene.world().clock().instant()))
            .isPresent();
  }

  /** False when it is no notification, or its trade had its swap. */
  static boolean hold(Scene scene, Fault fault) {
    return news(scene)
        .filter(
            news ->
                scene
                    .world()
                    .faults()
                    .hold(
                        fault,
                        news.tradeNo(),
                        news.notificationId(),
                        scene.world().clock().instant()))
        .isPresent();
  }

  private static Optional<News> news(Scene scene) {
    try {
      var message = Json.parse(scene.body());
      var news =
          new News(
              message.path("trade_no").asString(""), message.path("notification_id").asString(""));
      return news.tradeNo().isEmpty() ? Optional.empty() : Optional.of(news);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
