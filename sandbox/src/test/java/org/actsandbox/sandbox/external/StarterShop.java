package org.actsandbox.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.tools.ToolProvider;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.sandbox.SandboxServer;

/** Starts the published Java starter in this process, compiled from its source. */
public final class StarterShop implements AutoCloseable {

  private static final Path SOURCE = Path.of("..", "starters", "java", "Shop.java");

  private final HttpServer server;

  private StarterShop(HttpServer server) {
    this.server = server;
  }

  /** Returns an address on which nothing listens yet. */
  public static String freeAddress() {
    return "http://127.0.0.1:" + SandboxServer.unusedPort();
  }

  /**
   * Starts a shop.
   *
   * @param env the {@code env} that the sandbox answered when the merchant was added
   */
  public static StarterShop start(String env) {
    try {
      var start =
          Compiled.SHOP.getMethod(
              "start", MerchantSettings.class, DeliveryStore.class, String.class);
      var settings = MerchantSettings.of(settings(env));
      return new StarterShop(
          (HttpServer) start.invoke(null, settings, DeliveryStore.inMemory(), "no"));
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Map<String, String> settings(String env) {
    var settings = new HashMap<String, String>();
    env.lines().map(line -> line.split("=", 2)).forEach(line -> settings.put(line[0], line[1]));
    return settings;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static final class Compiled {

    static final Class<?> SHOP = compile();

    private static Class<?> compile() {
      try {
        var folder = Files.createTempDirectory("act-starter");
        int result =
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString(),
                    SOURCE.toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass("Shop");
      } catch (IOException | ClassNotFoundException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
