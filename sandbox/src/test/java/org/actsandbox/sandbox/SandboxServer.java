package org.actsandbox.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts a real server on a free port and sends requests with a real client. */
public final class SandboxServer implements AutoCloseable {

  /** The second principal of worlds with several principals. */
  public static final PrincipalSettings LIN =
      new PrincipalSettings(
          "lin",
          "en",
          "Shanghai",
          "Nanjing East Road 1, Shanghai",
          new BigDecimal("900.00"),
          new BigDecimal("0.00"),
          PriceTolerance.NONE,
          false);

  private final ConfigurableApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private SandboxServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static SandboxServer start(Path data, String... args) {
    return start(TestSandbox.class, data, args);
  }

  public static SandboxServer start(Class<?> application, Path data, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.add("--act.data=" + data);
    if (all.stream().noneMatch(arg -> arg.startsWith("--act.port="))) {
      all.add("--act.port=0");
    }
    var spring = new SpringApplication(application);
    spring.addInitializers(context -> context.addBeanFactoryPostProcessor(new ClassesReadOnce()));
    return new SandboxServer(spring.run(all.toArray(String[]::new)));
  }

  /**
   * Returns a free port for a server that is started twice on it, because a credential names the
   * address of its status list.
   */
  public static String freePort() {
    return "--act.port=" + unusedPort();
  }

  /**
   * Returns a free port below those that the operating system gives to connections: between the
   * look and the start another test may open one of those.
   */
  public static int unusedPort() {
    return IntStream.range(0, 1_000)
        .map(_ -> ThreadLocalRandom.current().nextInt(10_000, 20_000))
        .filter(SandboxServer::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port from 10000 to 19999"));
  }

  private static boolean isFree(int port) {
    try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Returns one server for all tests that only need a world of their own. */
  public static SandboxServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {

    static final SandboxServer SERVER = untilExit();

    private static SandboxServer untilExit() {
      try {
        var folder = Files.createTempDirectory("act-sandbox-shared");
        // The tests of one process may make more worlds than the setting's default.
        var server = start(folder, "--act.max-worlds=100000");
        // These run after the contexts were closed, so the database is not there any more.
        SpringApplication.getShutdownHandlers()
            .add(() -> FileSystemUtils.deleteRecursively(folder.toFile()));
        return server;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public Worlds worlds() {
    return bean(Worlds.class);
  }

  public World world(String name) {
    return worlds().get(name);
  }

  public World newWorld() {
    return worlds().create(new Worlds.NewWorld(null, null, WorldSettings.DEFAULT));
  }

  /** Creates a world with a stopped clock. */
  public World newWorld(Instant now) {
    return worlds()
        .create(
            new Worlds.NewWorld(
                null,
                null,
                WorldSettings.DEFAULT,
                ClockState.of(WorldClock.Mode.STOPPED, now, now)));
  }

  public URI origin() {
    return bean(ServerAddresses.class).origin();
  }

  public String operator(World world) {
    return world.roleKey(Role.OPERATOR, null);
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Sends and waits at most 20 seconds. */
  public Answer send(String method, String path, @Nullable String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  @Override
  public void close() {
    client.shutdownNow();
    context.close();
  }

  /** Represents an answer. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String text() {
      return response.body();
    }

    public JsonNode json() {
      return Json.parse(response.body());
    }

    /** Reads a document that may be longer than a message of the protocol. */
    public JsonNode document() {
      return JsonMapper.shared().readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
