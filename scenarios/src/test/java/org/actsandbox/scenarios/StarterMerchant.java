package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.tools.ToolProvider;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveryStore;

/**
 * Starts the published starters of level shop: the Java one in this process, others in their own.
 */
enum StarterMerchant {
  JAVA {
    @Override
    Running start(Map<String, String> settings) {
      try {
        var method =
            CompiledStarter.SHOP.getMethod(
                "start", MerchantSettings.class, DeliveryStore.class, String.class);
        var own = MerchantSettings.of(settings);
        var control = settings.get("ACT_CONTROL");
        var server = (HttpServer) method.invoke(null, own, DeliveryStore.inMemory(), control);
        return () -> server.stop(0);
      } catch (ReflectiveOperationException failed) {
        throw new IllegalStateException(failed);
      }
    }
  },
  SPRING_BOOT {
    @Override
    Running start(Map<String, String> settings) {
      return SpringBootStarter.SHOP.start(settings);
    }
  },
  PYTHON {
    @Override
    Running start(Map<String, String> settings) {
      return StarterGate.process(settings, "python3", FOLDER.resolve("python/shop.py").toString());
    }
  };

  private static final Path FOLDER = Path.of("..", "starters");

  /** A starter that answers. */
  @FunctionalInterface
  interface Running extends AutoCloseable {

    @Override
    void close();
  }

  /** Starts the starter and returns when it answers. */
  abstract Running start(Map<String, String> settings);

  /** Says whether this machine has what the starter needs. */
  boolean canStart() throws InterruptedException {
    if (this != PYTHON) {
      return true;
    }
    try {
      var process =
          new ProcessBuilder("python3", "-c", "import cryptography")
              .redirectErrorStream(true)
              .start();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Returns an address on which nothing listens yet. */
  static String freeAddress() {
    try {
      return "http://localhost:" + SandboxProcess.freePort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Writes settings of another shop; a starter prefers those in its environment. */
  static Path otherSettings() throws IOException {
    var file = Files.createTempFile("act-other", ".env");
    file.toFile().deleteOnExit();
    return Files.writeString(file, "ACT_URL=http://127.0.0.1:1\nACT_KEY=none\nACT_PSP=none\n");
  }

  /** Reads the lines NAME=VALUE that the sandbox answers when a merchant is added. */
  static Map<String, String> settings(String env) {
    var settings = new HashMap<String, String>();
    env.lines().map(line -> line.split("=", 2)).forEach(line -> settings.put(line[0], line[1]));
    return settings;
  }

  private static final class CompiledStarter {

    static final Class<?> SHOP = compile();

    private static Class<?> compile() {
      try {
        var folder = Files.createTempDirectory("act-starter");
        var source = FOLDER.resolve("java/Shop.java").toString();
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
                    source);
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass("Shop");
      } catch (IOException | ClassNotFoundException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
