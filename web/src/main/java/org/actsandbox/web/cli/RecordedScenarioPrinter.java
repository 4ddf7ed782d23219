package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.actsandbox.scenarios.record.SessionRecording;
import org.actsandbox.web.cli.server.RunningServer;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;

/** {@code ./run scenario --record WORLD}: prints a file made of what happened in that world. */
final class RecordedScenarioPrinter {

  private RecordedScenarioPrinter() {}

  /**
   * @param ownerKey the admin key or the start token of the server; null for the token of this
   *     user's own server at that port
   */
  static void print(
      SandboxClient client, URI origin, String world, String name, @Nullable String ownerKey)
      throws IOException {
    try {
      var key = ownerKey == null ? ownToken(origin) : ownerKey;
      System.out.print(
          SessionRecording.of(client.outbound(), client.ownWorld(origin, key, world), name));
    } catch (UnexpectedReply | NoAnswerException | Refusal refused) {
      throw new ServerStartFailure("world %s: %s".formatted(world, refused.getMessage()), refused);
    }
  }

  private static String ownToken(URI origin) throws IOException {
    return RunningServer.at(origin.getPort())
        .filter(server -> server.origin().equals(origin))
        .orElseThrow(
            () ->
                new ServerStartFailure(
                    "recording on a server that another user started, or elsewhere, needs its admin"
                        + " key or start token: --admin-key KEY",
                    null))
        .startToken();
  }
}
