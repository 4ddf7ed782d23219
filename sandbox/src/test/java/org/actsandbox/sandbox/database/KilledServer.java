package org.actsandbox.sandbox.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.actsandbox.sandbox.SandboxServer;

/** Runs a server in a process of its own that is killed. */
record KilledServer(Process process, String origin) implements AutoCloseable {

  private static final String ORIGIN = "origin ";

  public static void main(String[] args) {
    var server = SandboxServer.start(Path.of(args[0]));
    System.out.println(ORIGIN + server.origin());
  }

  static KilledServer start(Path data) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The process ends too soon for the second compiler to pay off.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ORIGIN)) {
        return new KilledServer(process, line.substring(ORIGIN.length()));
      }
    }
    throw new IllegalStateException("the server did not start");
  }

  /** Kills the process like {@code kill -9}. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
