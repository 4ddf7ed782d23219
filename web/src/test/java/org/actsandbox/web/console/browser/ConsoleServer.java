package org.actsandbox.web.console.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.ActSandbox;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the real application on a free port with a new data folder. All browser tests share one
 * server.
 */
public final class ConsoleServer {

  private static final ConsoleServer SHARED = new ConsoleServer("127.0.0.1");

  private final ConfigurableApplicationContext context;
  private int worlds;

  /**
   * Gives each server of the tests its own threads, because a command that stops its server would
   * stop the threads of all. The scan of the application finds it.
   */
  @Configuration(proxyBeanMethods = false)
  static class OwnThreads {

    @Bean
    ReactorResourceFactory reactorResources() {
      var resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }
  }

  public ConsoleServer(String bind) {
    var application = new SpringApplication(ActSandbox.class);
    var folder = freshFolder();
    context =
        application.run(
            "--act.port=0",
            "--act.bind=" + bind,
            "--act.data=" + folder,
            // The tests of one process may make more worlds than the setting's default.
            "--act.max-worlds=100000",
            // A busy machine may slow down a platform, which these tests do not test.
            "--act.agent.platform-timeout=30s");
    // These run after the contexts were closed, so the database is not there any more.
    SpringApplication.getShutdownHandlers()
        .add(() -> FileSystemUtils.deleteRecursively(folder.toFile()));
  }

  public static ConsoleServer shared() {
    return SHARED;
  }

  private static Path freshFolder() {
    try {
      return Files.createTempDirectory("console-tests");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  public String origin() {
    return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** Returns a world with its address and keys, as clients of the API need it. */
  public TargetWorld target(World world) {
    return new TargetWorld(
        URI.create(origin()),
        world.name(),
        new IssuedRoleKeys(
            world.roleKey(Role.PRINCIPAL, null),
            null,
            world.roleKey(Role.AGENT, null),
            null,
            null,
            world.roleKey(Role.OPERATOR, null),
            Map.of()));
  }

  /** Returns the address that logs a browser in, as {@code ./run} prints it. */
  public String address() {
    return origin() + "/?token=" + bean(DataFolder.class).startToken();
  }

  /** Returns the cookie of a browser that opened the address with the start token. */
  public String cookie() {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address())).build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Makes a world for one test; a fixed seed makes stock and prices the same every time. */
  public synchronized World newWorld(String purpose) {
    return context
        .getBean(Worlds.class)
        .create(
            new Worlds.NewWorld(purpose + "-" + ++worlds, "console tests", WorldSettings.DEFAULT));
  }

  /** Makes a world for one test with a second principal, {@code lin}, who has 900.00. */
  synchronized World newWorldOfTwo(String purpose) {
    var lin =
        new PrincipalSettings(
            "lin",
            "en",
            "Shanghai",
            "Nanjing East Road 1, Shanghai",
            new BigDecimal("900.00"),
            new BigDecimal("0.00"),
            PriceTolerance.NONE,
            false);
    return context
        .getBean(Worlds.class)
        .create(
            new Worlds.NewWorld(
                purpose + "-" + ++worlds,
                "console tests",
                WorldSettings.DEFAULT.withFurtherPrincipals(List.of(lin))));
  }

  public World world(String name) {
    return context.getBean(Worlds.class).get(name);
  }

  /** Adds a bean, for instance one that fails. */
  public void add(String name, Object bean) {
    context.getBeanFactory().registerSingleton(name, bean);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }
}
