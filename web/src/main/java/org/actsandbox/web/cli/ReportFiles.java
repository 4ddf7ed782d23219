package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;

/** Looks at the files that a command is to write at its end. */
final class ReportFiles {

  private ReportFiles() {}

  /**
   * Requires that a report can be written.
   *
   * @param report null if the option was not given
   * @throws ServerStartFailure if it cannot
   */
  static void requireWritable(String option, @Nullable Path report) {
    if (report == null) {
      return;
    }
    var folder = report.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(report)
            ? Files.isRegularFile(report) && Files.isWritable(report)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new ServerStartFailure(
          "cannot write %s %s: name a file in a folder that is there and yours"
              .formatted(option, report),
          null);
    }
  }

  /**
   * Makes the folder for the files of a command, if it is not there.
   *
   * @param folder null if the option was not given
   * @throws ServerStartFailure if nothing can be written there
   */
  static void requireFolder(String option, @Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException refused) {
      throw new ServerStartFailure(
          "cannot make the folder %s %s: name one that is yours".formatted(option, folder),
          refused);
    }
    if (!Files.isWritable(folder)) {
      throw new ServerStartFailure(
          "cannot write into %s %s: name a folder that is yours".formatted(option, folder), null);
    }
  }
}
