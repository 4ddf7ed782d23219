package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.protocol.json.Json;

/**
 * Starts the Spring Boot starter in a process of its own, because the sandbox's own Spring Boot is
 * a reactive one. The build writes the class path of the starter into a file.
 */
final class SpringBootStarter {

  private static final Path SOURCES = Path.of("..", "starters", "spring-boot", "src", "main");

  private SpringBootStarter() {}

  static StarterMerchant.Running start(Map<String, String> settings) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var folder = Compiled.FOLDER.toString();
    return StarterGate.process(
        settings,
        java,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        Compiled.CLASSPATH,
        "com.example.TeaReportApplication",
        "--merchant-kit.deliveries="
            + folder
            + "/deliveries-"
            + settings.get("ACT_URL").hashCode());
  }

  private static final class Compiled {

    static final Path FOLDER = compile();
    static final String CLASSPATH = FOLDER + File.pathSeparator + libraries();

    private static Path compile() {
      try {
        var folder = Files.createTempDirectory("act-spring-boot");
        var source = SOURCES.resolve("java/com/example/TeaReportApplication.java").toString();
        int result =
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-parameters",
                    "-cp",
                    libraries(),
                    "-d",
                    folder.toString(),
                    source);
        assertThat(result).isZero();
        Files.copy(
            SOURCES.resolve("resources/application.properties"),
            folder.resolve("application.properties"));
        return folder;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    /** The kit and the protocol come from this build, the libraries from the local repository. */
    private static String libraries() {
      var file =
          Path.of(
              System.getProperty(
                  "act.spring-boot-classpath", "../merchant-kit/target/spring-boot-classpath"));
      try {
        return Stream.concat(
                Stream.of(A402Gate.class, Json.class).map(SpringBootStarter::location),
                Stream.of(Files.readString(file).strip()))
            .collect(Collectors.joining(File.pathSeparator));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static String location(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
