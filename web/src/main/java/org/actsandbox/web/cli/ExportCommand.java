package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.database.OfflineDatabase;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes all data of a stopped sandbox into one file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes all data of a stopped sandbox into one file: a backup, and the way to another database.",
      "The file contains the secret from which all keys and PINs are derived: a person who can read it"
          + " can act as every principal. Only its owner can read it. Your own scenarios and evidence"
          + " files are not in it; they stay in the data folder."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:written", "2:the server runs, the file exists or cannot be written"})
final class ExportCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist yet")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    var data = server.dataFolder();
    try {
      var written =
          OfflineDatabase.export(
              data, List.of(server.settings()), Objects.requireNonNull(file).toAbsolutePath());
      System.out.printf(
          "Exported %d rows of %d tables to %s. All keys are in it: keep it as safe as the data folder.%n",
          written.rows(), written.tables(), file);
    } catch (RuntimeException failed) {
      throw ServerStartFailure.explained(failed);
    }
    for (var name : DataFolder.OWN_FOLDERS) {
      if (Files.isDirectory(data.resolve(name))) {
        System.out.printf("Not in it, copy it yourself: %s%n", data.resolve(name));
      }
    }
    return ExitCodes.OK;
  }
}
