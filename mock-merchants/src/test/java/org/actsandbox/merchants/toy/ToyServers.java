package org.actsandbox.merchants.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Shares one server among all tests that need no restart; each test opens a world of its own on it.
 */
public final class ToyServers {

  private static @Nullable ToyServer shared;

  private ToyServers() {}

  public static synchronized ToyServer shared() {
    var running = shared;
    if (running == null) {
      try {
        var folder = Files.createTempDirectory("toy-server");
        var started = ToyServer.start(folder);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      started.close();
                      FileSystemUtils.deleteRecursively(folder.toFile());
                    }));
        running = started;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      shared = running;
    }
    return running;
  }
}
