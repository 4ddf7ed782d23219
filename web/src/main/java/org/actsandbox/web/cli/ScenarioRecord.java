package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.scenarios.record.Recording;
import org.jspecify.annotations.Nullable;

/** {@code ./run scenario --record WORLD}: prints a file made of what happened in that world. */
final class ScenarioRecord {

  private ScenarioRecord() {}

  /**
   * @param operatorKey null for what this user's own server at that port noted for its demo world
   */
  static void print(
      Outbound outbound, URI origin, String world, String name, @Nullable String operatorKey)
      throws IOException {
    try {
      System.out.print(
          Recording.of(outbound, origin, world, key(origin, world, operatorKey), name));
    } catch (Unexpected | Unanswered | Refusal refused) {
      throw new CannotStart("world %s: %s".formatted(world, refused.getMessage()), refused);
    }
  }

  private static String key(URI origin, String world, @Nullable String operatorKey)
      throws IOException {
    if (operatorKey != null) {
      return operatorKey;
    }
    return RunningServer.at(origin.getPort())
        .filter(server -> server.origin().equals(origin) && server.world().equals(world))
        .map(server -> server.keys().operator())
        .orElseThrow(
            () ->
                new CannotStart(
                    "recording needs the world's operator key: --operator-key KEY (the answer to"
                        + " POST /api/worlds had it)",
                    null));
  }
}
