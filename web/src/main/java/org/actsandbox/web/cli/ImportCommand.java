package org.actsandbox.web.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.actsandbox.sandbox.database.OfflineDatabase;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fills an empty database from a file that {@code ./run export} has written. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Fills a new data folder, and a PostgreSQL database without data where one is set, from a file"
          + " that ./run export has written.",
      "It imports everything or nothing. An archive of an earlier version is migrated to this one."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:read",
      "2:the file is damaged or of a later version, there is data already, or a server runs"
    })
final class ImportCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "FILE", description = "The file to read")
  private @Nullable Path file;

  @Override
  public Integer call() {
    try {
      var read =
          OfflineDatabase.restore(
              server.dataFolder(),
              List.of(server.settings()),
              Objects.requireNonNull(file).toAbsolutePath());
      System.out.printf(
          "Imported %d rows of %d tables into %s%n",
          read.rows(), read.tables(), server.dataFolder());
      return ExitCodes.OK;
    } catch (RuntimeException failed) {
      throw ServerStartFailure.explained(failed);
    }
  }
}
