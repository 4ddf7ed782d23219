package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.protocol.json.Json;

/**
 * Starts the Spring Boot starters in processes of their own, because the sandbox's own Spring Boot
 * is a reactive one. The build writes the class path of the starters into a file.
 */
enum SpringBootStarter {
  GATE("spring-boot", "TeaReportApplication"),
  SHOP("spring-boot-shop", "TeaShopApplication");

  private final String folder;
  private final String application;

  SpringBootStarter(String folder, String application) {
    this.folder = folder;
    this.application = application;
  }

  StarterMerchant.Running start(Map<String, String> settings) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = Compiled.FOLDERS.get(this);
    return StarterGate.process(
        settings,
        java,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classes + File.pathSeparator + Compiled.libraries(),
        "com.example." + application,
        "--merchant-kit.deliveries="
            + classes.resolve("deliveries-" + settings.get("ACT_URL").hashCode()));
  }

  private static final class Compiled {

    static final Map<SpringBootStarter, Path> FOLDERS =
        Arrays.stream(values()).collect(Collectors.toMap(each -> each, Compiled::compile));

    private static Path compile(SpringBootStarter starter) {
      try {
        var sources = Path.of("..", "starters", starter.folder, "src", "main");
        var classes = Files.createTempDirectory("act-spring-boot");
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
                    classes.toString(),
                    sources
                        .resolve("java/com/example/" + starter.application + ".java")
                        .toString());
        assertThat(result).isZero();
        Files.copy(
            sources.resolve("resources/application.properties"),
            classes.resolve("application.properties"));
        return classes;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    /** The kit and the protocol come from this build, the libraries from the local repository. */
    static String libraries() {
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
