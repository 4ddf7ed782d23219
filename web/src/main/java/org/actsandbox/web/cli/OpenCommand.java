package org.actsandbox.web.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the console's address with its start token again, and opens it in a browser. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the address of the console with its start token, and opens a browser where there is one.",
      "Only the user who started the sandbox can: the token is in the data folder, for that user alone."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed", "2:no sandbox of this user runs on the port"})
final class OpenCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() throws IOException {
    var running = server.running();
    var address = running.console();
    System.out.println(address);
    System.out.println(
        BrowserOpener.here()
            .map(browserOpener -> browserOpener.open(running.data(), address))
            .orElse("There is no browser here to open it with: copy the address."));
    return ExitCodes.OK;
  }
}
