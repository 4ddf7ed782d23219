package org.actsandbox.web.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server and runs until it is stopped. */
class StartCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:ACT_BIND:-127.0.0.1}",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}); any but loopback demands keys everywhere")
  private String bind = "127.0.0.1";

  @Option(
      names = "--fresh",
      description =
          "Forget all worlds, keys, PINs and the start token first, also where they are on PostgreSQL;"
              + " own scenarios and evidence files stay")
  private boolean fresh;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var data = server.dataFolder();
    var settings = new ArrayList<>(List.of(server.settings()));
    if (fresh) {
      settings.add("--act.fresh=true");
    }
    try (var running =
        EmbeddedServer.start(server.port, data, bind, settings.toArray(String[]::new))) {
      running.announce();
      running.awaitStop();
    }
    return ExitCodes.OK;
  }
}
