package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveryStore;

/** Starts the published starters of level gate. */
enum StarterGate {
  JAVA {
    @Override
    StarterMerchant.Running start(Map<String, String> settings) {
      try {
        var server =
            (HttpServer)
                CompiledGate.GATE
                    .getMethod("start", MerchantSettings.class, DeliveryStore.class)
                    .invoke(null, MerchantSettings.of(settings), DeliveryStore.inMemory());
        return () -> server.stop(0);
      } catch (ReflectiveOperationException failed) {
        throw new IllegalStateException(failed);
      }
    }
  },
  SPRING_BOOT {
    @Override
    StarterMerchant.Running start(Map<String, String> settings) {
      return SpringBootStarter.GATE.start(settings);
    }
  },
  PYTHON("python3", "-c", "import cryptography") {
    @Override
    StarterMerchant.Running start(Map<String, String> settings) {
      return process(settings, "python3", FOLDER.resolve("python/gate.py").toString());
    }
  },
  NODE("node", "-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)") {
    @Override
    StarterMerchant.Running start(Map<String, String> settings) {
      return process(settings, "node", FOLDER.resolve("node/gate.mjs").toString());
    }
  };

  private static final Path FOLDER = Path.of("..", "starters");

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> probe;

  /**
   * @param probe ends with 0 where the starter can run; empty if it always can
   */
  StarterGate(String... probe) {
    this.probe = List.of(probe);
  }

  /** Says whether this machine has what the starter needs. */
  boolean canStart() throws InterruptedException {
    try {
      return probe.isEmpty()
          || new ProcessBuilder(probe)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  static StarterMerchant.Running process(Map<String, String> settings, String... command) {
    try {
      var words = new ArrayList<>(List.of(command));
      words.add(StarterMerchant.otherSettings().toString());
      var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(settings);
      var process = builder.start();
      var answersAt = "answers at " + settings.get("ACT_URL");
      var output = process.inputReader();
      var line = output.readLine();
      while (line != null && !line.contains(answersAt)) {
        line = output.readLine();
      }
      assertThat(line).as("what the starter printed").isNotNull();
      return () -> {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts the starter and returns when it answers. */
  abstract StarterMerchant.Running start(Map<String, String> settings);

  private static final class CompiledGate {

    static final Class<?> GATE = compile();

    private static Class<?> compile() {
      try {
        var folder = Files.createTempDirectory("act-gate");
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
                    FOLDER.resolve("java/Gate.java").toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass("Gate");
      } catch (IOException | ClassNotFoundException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
