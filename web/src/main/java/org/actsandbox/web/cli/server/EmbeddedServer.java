package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.ActSandbox;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Runs the whole sandbox in this process. */
public final class EmbeddedServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final RunningServer runningServer;
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
    this.runningServer =
        new RunningServer(
            URI.create("http://localhost:" + port), ProcessHandle.current().pid(), data);
    runningServer.write();
  }

  /**
   * Starts the server and returns when it answers requests. Variables of the environment that look
   * like settings and are none are named on standard error.
   *
   * @param port the port; 0 for any free port
   * @param settings further arguments, such as {@code --act.max-worlds=20}
   * @throws ServerStartFailure if the port is taken, the data folder is not writable, or the
   *     database is broken
   */
  public static EmbeddedServer start(int port, Path data, String bind, String... settings)
      throws IOException {
    requireFree(port, bind);
    new EnvironmentNames(SettingCatalog.load())
        .warnings(System.getenv().keySet())
        .forEach(warning -> System.err.println("act-sandbox: " + warning));
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
    return runningServer.origin();
  }

  public TargetWorld demo(SandboxClient client) throws IOException {
    return runningServer.target(client, Worlds.DEMO);
  }

  /**
   * Prints what a new user needs: the addresses and the data folder. It is printed and not logged,
   * because it contains the start token. It contains no role keys: the console shows them to its
   * users, and {@code ./run keys} prints them.
   */
  public void announce() throws IOException {
    System.out.printf(
        """
        ACT Sandbox: no real money, and not an official test.
          Console  %s
          API      %s/api/openapi.json
          Data     %s
          The address contains the start token, which opens the console. Payment PIN of world demo: 246810.
          ./run open prints it again and opens a browser, ./run keys prints the keys of world demo.
          Ctrl-C stops it.
        """,
        runningServer.console(), runningServer.origin(), runningServer.data());
  }

  /** Waits until the server has stopped. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() throws IOException {
    runningServer.delete();
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
