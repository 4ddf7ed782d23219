package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.record.SessionRecording;
import org.actsandbox.web.cli.server.RunningServer;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;

/**
 * Prints a scenario file that is made of what happened in a world ({@code ./run scenario --record
 * WORLD}).
 */
final class RecordedScenarioPrinter {

  private RecordedScenarioPrinter() {}

  /**
   * Prints the file on standard output.
   *
   * @param ownerKey the admin key or the start token of the server; null for the start token of
   *     this user's own server on that port
   * @throws ServerStartFailure if the world cannot be recorded, or the start token cannot be found
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
