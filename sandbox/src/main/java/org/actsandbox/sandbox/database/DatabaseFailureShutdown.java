package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Ends the server when its database file cannot be written or read any more (ADR 19). H2 then
 * closes the file for good, even if the disk has room again, and a server that only refuses
 * requests is useless. Acknowledged changes are in the file, as after a kill; the next start
 * continues from there.
 */
@Component
class DatabaseFailureShutdown {

  /** Exit code of a server when its database file could not be written. */
  static final int EXIT_CODE = 7;

  private final Path folder;
  private final BiConsumer<String, Integer> end;
  private final AtomicBoolean ended = new AtomicBoolean();

  @Autowired
  DatabaseFailureShutdown(DataFolder folder) {
    this(folder.path(), DatabaseFailureShutdown::end);
  }

  /**
   * @param end called with a message of one line and the exit code
   */
  DatabaseFailureShutdown(Path folder, BiConsumer<String, Integer> end) {
    this.folder = folder;
    this.end = end;
  }

  /** Reports a failure of the store; only the first report counts. */
  void report(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      end.accept(message(failure), EXIT_CODE);
    }
  }

  /** Reports a page of the file that cannot be read; only the first report counts. */
  void reportDamage(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      end.accept(
          ("the database in %s is damaged (%s) and the server ends: import a backup into a new"
                  + " folder, or start with --fresh")
              .formatted(folder, reason(failure)),
          EXIT_CODE);
    }
  }

  private String message(Throwable failure) {
    if (!Files.isDirectory(folder)) {
      return ("the data folder %s was deleted while the server ran (%s missing), and the server ends:"
              + " restore the folder from a backup; a start without it begins with empty data")
          .formatted(folder, reason(failure));
    }
    return ("the database in %s could not be written (%s, %s free) and the server ends;"
            + " what it acknowledged is stored: make room or mend the disk, then start it again")
        .formatted(folder, reason(failure), free());
  }

  /** Returns the message of the innermost cause, which comes from the operating system. */
  static String reason(Throwable failure) {
    var innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
  }

  private String free() {
    try {
      return Files.getFileStore(folder).getUsableSpace() / (1024 * 1024) + " MB";
    } catch (IOException unknown) {
      return "an unknown amount";
    }
  }

  /** Ends at once, because an orderly shutdown could store nothing. */
  private static void end(String message, int exitCode) {
    System.err.println(message);
    Runtime.getRuntime().halt(exitCode);
  }
}
