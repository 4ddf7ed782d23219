package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Ends the server when its database file cannot be written any more (ADR 19): H2 closes the file
 * for good then, a disk that has room again changes nothing, and a server that only ever refuses
 * helps nobody. What was acknowledged is in the file, as after a kill; the next start goes on from
 * there.
 */
@Component
class BrokenStore {

  /** Exit code of a server whose database file could not be written. */
  static final int EXIT_CODE = 7;

  private final Path folder;
  private final BiConsumer<String, Integer> end;
  private final AtomicBoolean ended = new AtomicBoolean();

  @Autowired
  BrokenStore(DataFolder folder) {
    this(folder.path(), BrokenStore::end);
  }

  /**
   * @param end told in one line what happened, and the exit code
   */
  BrokenStore(Path folder, BiConsumer<String, Integer> end) {
    this.folder = folder;
    this.end = end;
  }

  /** The store failed; only the first report counts. */
  void report(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      end.accept(message(failure), EXIT_CODE);
    }
  }

  private String message(Throwable failure) {
    return ("the database in %s could not be written (%s, %s free) and the server ends;"
            + " what it acknowledged is stored: make room or mend the disk, then start it again")
        .formatted(folder, reason(failure), free());
  }

  /** The innermost reason is the operating system's own. */
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

  /** At once: nothing that an orderly end would do can be stored. */
  private static void end(String message, int exitCode) {
    System.err.println(message);
    Runtime.getRuntime().halt(exitCode);
  }
}
