package org.actsandbox.web.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server and stays until it is stopped. */
class StartCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}); any but loopback demands keys everywhere")
  private String bind = "127.0.0.1";

  @Option(names = "--fresh", description = "Forget everything in the data folder first")
  private boolean fresh;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var data = server.dataFolder();
    if (fresh) {
      DataFolder.forget(data);
    }
    try (var running = EmbeddedServer.start(server.port, data, bind, server.settings())) {
      running.announce();
      running.awaitStop();
    }
    return ExitCodes.OK;
  }
}
