package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/** The folder a server keeps everything in, and forgetting it. */
final class DataFolder {

  /** Only files the sandbox makes are ever deleted, whatever folder was named. */
  private static final List<String> OWN_FILES =
      List.of("sandbox.mv.db", "sandbox.trace.db", "secret");

  private DataFolder() {}

  static void forget(Path data) throws IOException {
    var database = data.resolve("sandbox.mv.db");
    if (Files.exists(database) && inUse(database)) {
      throw new CannotStart(
          "the data folder %s is in use by a running sandbox: stop it, or choose another --data"
              .formatted(data),
          null);
    }
    for (var name : OWN_FILES) {
      Files.deleteIfExists(data.resolve(name));
    }
  }

  /** A temporary folder of our own making, with everything in it. */
  static void remove(Path made) throws IOException {
    try (var files = Files.walk(made)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** H2 holds a lock on its file for as long as it is open. */
  private static boolean inUse(Path database) throws IOException {
    try (var file = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException openHere) {
      return true;
    }
  }
}
