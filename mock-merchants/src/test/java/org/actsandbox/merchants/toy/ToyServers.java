package org.actsandbox.merchants.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** One server for all tests that need no restart; each test opens a world of its own on it. */
public final class ToyServers {

  private static @Nullable ToyServer shared;

  private ToyServers() {}

  public static synchronized ToyServer shared() {
    var running = shared;
    if (running == null) {
      try {
        var folder = Files.createTempDirectory("toy-server");
        folder.toFile().deleteOnExit();
        running = ToyServer.start(folder);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      shared = running;
    }
    return running;
  }
}
