package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which server: its port and where its data lives. */
final class ServerOptions {

  private static final int USUAL_PORT = 8080;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the server (default: ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder (default: .sandbox beside ./run)")
  @org.jspecify.annotations.Nullable
  Path data;

  /** What a command to do this again needs, with the space before it. */
  String portAgain() {
    return port == USUAL_PORT ? "" : " --port " + port;
  }

  /**
   * The server that runs on the port.
   *
   * @throws CannotStart when this user has started none there
   */
  RunningServer running() throws IOException {
    return RunningServer.at(port)
        .orElseThrow(
            () ->
                new CannotStart(
                    "no sandbox of this user runs on port %d: start one with ./run%s, or choose another --port"
                        .formatted(port, portAgain()),
                    null));
  }

  Path dataFolder() {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("act.home", "."), ".sandbox").toAbsolutePath().normalize();
  }
}
