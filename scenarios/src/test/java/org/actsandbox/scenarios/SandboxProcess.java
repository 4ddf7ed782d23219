package org.actsandbox.scenarios;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** Runs a sandbox in a process of its own that a test can kill and start again on the same data. */
public record SandboxProcess(Process process, URI origin, PooledOutboundClient outbound)
    implements AutoCloseable {

  private static final String READY = "sandbox answers";

  /**
   * The first port that is tried. All are below the system's ephemeral ports, so that the second
   * start finds its port free.
   */
  private static final int FIRST_PORT = 21_000;

  private static final int LAST_PORT = 29_000;

  /** Holds the folder that tells every process of this test run the components of the project. */
  private static final class Components {

    static final Path FOLDER = written();

    private static Path written() {
      try {
        var folder = Files.createTempDirectory("act-components");
        SandboxExtension.Started.writeComponents(folder);
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
        return folder;
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  public static void main(String[] args) {
    SpringApplication.run(SandboxExtension.HeadlessSandbox.class, args);
    System.out.println(READY);
  }

  /**
   * @param more further arguments of the server
   */
  public static SandboxProcess start(Path data, int port, String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The process does not live long enough for the second compiler to pay off.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                Components.FOLDER + File.pathSeparator + System.getProperty("java.class.path"),
                SandboxProcess.class.getName(),
                "--act.data=" + data,
                "--act.port=" + port));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new StringBuilder();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        // Further output must be read, or it would fill the pipe.
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
        return new SandboxProcess(
            process,
            URI.create("http://localhost:" + port),
            new PooledOutboundClient(uri -> "localhost".equals(uri.getHost())));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("the sandbox did not start:\n" + said);
  }

  public static int freePort() throws IOException {
    return IntStream.range(0, 1_000)
        .map(_ -> ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT))
        .filter(SandboxProcess::isFree)
        .findFirst()
        .orElseThrow(() -> new IOException("no free port from " + FIRST_PORT + " to " + LAST_PORT));
  }

  private static boolean isFree(int port) {
    try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Stops the process in order, as a supervisor does, and waits for its end. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Kills the process as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    outbound.close();
  }
}
