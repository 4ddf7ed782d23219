package org.actsandbox.web.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.actsandbox.sandbox.database.OfflineDatabase;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the database file of a stopped sandbox anew, with nothing but what is live. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the database file of a stopped sandbox as small as what is live in it.",
      "A running server does most of that by itself while no request writes, and when it stops."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:compacted", "2:the server runs, or the data is in PostgreSQL"})
final class CompactCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1024 * 1024;

  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() {
    try {
      var sizes = OfflineDatabase.compact(server.dataFolder(), List.of(server.settings()));
      System.out.printf(
          "Compacted the database file from %.1f to %.1f MB.%n",
          sizes.before() / MEGABYTE, sizes.after() / MEGABYTE);
      return ExitCodes.OK;
    } catch (RuntimeException failed) {
      throw ServerStartFailure.explained(failed);
    }
  }
}
