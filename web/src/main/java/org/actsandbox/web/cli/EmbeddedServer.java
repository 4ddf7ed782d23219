package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.client.Keys;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.web.ActSandbox;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The whole sandbox in this process. */
final class EmbeddedServer implements AutoCloseable {

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
    var demo = context.getBean(Worlds.class).demo();
    this.note =
        new RunningServer(
            URI.create("http://localhost:" + port),
            ProcessHandle.current().pid(),
            data,
            demo.name(),
            keys(demo));
    note.write();
  }

  /**
   * Starts and returns when the server answers.
   *
   * @param port 0 for any free one
   * @param settings further arguments, such as {@code --act.max-worlds=20}
   * @throws CannotStart port taken, data folder not writable, database broken
   */
  static EmbeddedServer start(int port, Path data, String bind, String... settings)
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
      throw explained(failure);
    }
  }

  Target demo() {
    return note.target();
  }

  /** What a newcomer needs: where the console is, the keys of world demo, where data lives. */
  void announce() {
    System.out.printf(
        """
        ACT Sandbox: no real money, no official test of anybody.
          Console  %s/
          API      %s/api/openapi.json
          Data     %s
          Keys of world demo (payment PIN 246810)
        """,
        note.origin(), note.origin(), note.data());
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("principal", note.keys().principal());
    keys.put("agent", note.keys().agent());
    keys.put("operator", note.keys().operator());
    note.keys().merchants().forEach((merchant, key) -> keys.put("merchant " + merchant, key));
    keys.forEach((role, key) -> System.out.printf("    %-24s %s%n", role, key));
    System.out.println("  Ctrl-C stops it.");
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() throws IOException {
    note.delete();
    context.close();
  }

  /** What the user can do something about becomes one line; bugs stay bugs. */
  private static RuntimeException explained(RuntimeException failure) {
    var known = StartupFailure.behind(failure);
    return known.isPresent() ? new CannotStart(known.get().oneLine(), failure) : failure;
  }

  private static Keys keys(World world) {
    Map<String, String> merchants = new LinkedHashMap<>();
    world
        .settings()
        .roster()
        .forEach(each -> merchants.put(each.id(), world.roleKey(Role.MERCHANT, each.did())));
    return new Keys(
        world.roleKey(Role.PRINCIPAL, null),
        world.roleKey(Role.AGENT, null),
        world.roleKey(Role.OPERATOR, null),
        merchants);
  }

  private static void requireFree(int port, String bind) {
    if (port < 0 || port > 65_535) {
      throw new CannotStart("port %d is not between 0 and 65535".formatted(port), null);
    }
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(bind, port));
    } catch (IOException taken) {
      throw new CannotStart(
          "cannot listen on %s port %d (%s): stop what runs there, or choose another --port"
              .formatted(bind, port, taken.getMessage()),
          taken);
    }
  }
}
