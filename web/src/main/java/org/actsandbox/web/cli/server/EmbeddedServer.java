package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.web.ActSandbox;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The whole sandbox in this process. */
public final class EmbeddedServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final RunningServer note;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private EmbeddedServer(ConfigurableApplicationContext context, Path data) throws IOException {
    this.context = context;
    context.addApplicationListener(
        event -> {
          if (event instanceof ContextClosedEvent) {
            stopped.countDown();
          }
        });
    int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    this.note =
        new RunningServer(
            URI.create("http://localhost:" + port), ProcessHandle.current().pid(), data);
    note.write();
  }

  /**
   * Starts and returns when the server answers.
   *
   * @param port 0 for any free one
   * @param settings further arguments, such as {@code --act.max-worlds=20}
   * @throws ServerStartFailure port taken, data folder not writable, database broken
   */
  public static EmbeddedServer start(int port, Path data, String bind, String... settings)
      throws IOException {
    requireFree(port, bind);
    var application = new SpringApplication(ActSandbox.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    try {
      var arguments = new ArrayList<>(List.of(settings));
      arguments.addAll(List.of("--act.data=" + data, "--act.bind=" + bind, "--act.port=" + port));
      return new EmbeddedServer(application.run(arguments.toArray(String[]::new)), data);
    } catch (RuntimeException failure) {
      throw ServerStartFailure.explained(failure);
    }
  }

  public URI origin() {
    return note.origin();
  }

  public TargetWorld demo(SandboxClient client) throws IOException {
    return note.target(client, Worlds.DEMO);
  }

  /**
   * What a newcomer needs: where the console is and where data lives. Printed, not logged, and
   * without a role key: the console shows those to who is in, and {@code ./run keys} prints them.
   */
  public void announce() throws IOException {
    System.out.printf(
        """
        ACT Sandbox: no real money, and not an official test.
          Console  %s
          API      %s/api/openapi.json
          Data     %s
          The address has the start token in it: who has it is in. Payment PIN of world demo: 246810.
          ./run open prints it again and opens a browser, ./run keys prints the keys of world demo.
          Ctrl-C stops it.
        """,
        note.console(), note.origin(), note.data());
  }

  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() throws IOException {
    note.delete();
    context.close();
  }

  private static void requireFree(int port, String bind) {
    if (port < 0 || port > 65_535) {
      throw new ServerStartFailure("port %d is not between 0 and 65535".formatted(port), null);
    }
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(bind, port));
    } catch (IOException taken) {
      throw new ServerStartFailure(
          "cannot listen on %s port %d (%s): stop what runs there, or choose another --port"
              .formatted(bind, port, taken.getMessage()),
          taken);
    }
  }
}
