package org.actsandbox.web;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The build turns the checks of libraries off that the sources do not name. Who begins to use one
 * of them turns its checks on in pom.xml ({@code act.turned-off-checks}) and takes its line out
 * here.
 */
class TurnedOffChecksTests {

  private static final Path ROOT = Path.of("..");

  private static final Pattern LIBRARY =
      Pattern.compile(
          "\\b(?:com\\.google\\.(?:auto|common|errorprone|inject|protobuf)"
              + "|android|androidx|dagger|io\\.reactivex|jakarta\\.inject|javax\\.inject"
              + "|junit\\.framework|org\\.joda|org\\.junit(?!\\.(?:jupiter|platform)\\.)|org\\.mockito)\\.");

  @Test
  void theSourcesNameNoLibraryWhoseChecksAreTurnedOff() throws IOException {
    assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains("${act.turned-off-checks}");
    try (Stream<Path> modules = Files.list(ROOT)) {
      var sources =
          modules
              .flatMap(module -> Stream.of(module.resolve("src/main"), module.resolve("src/test")))
              .filter(Files::isDirectory)
              .flatMap(TurnedOffChecksTests::javaBelow)
              .toList();
      assertThat(sources).hasSizeGreaterThan(2_000);
      assertThat(sources.stream().flatMap(TurnedOffChecksTests::named)).isEmpty();
    }
  }

  /** Without this the test above would pass for a pattern that finds nothing. */
  @Test
  void aLibraryIsFound() {
    assertThat(
            Stream.of(
                "import com.google.common.collect.ImmutableList;",
                "import static org.mockito.Mockito.mock;",
                "import org.junit.Test;",
                "import javax.inject.Inject;"))
        .allMatch(LIBRARY.asPredicate());
    assertThat(
            Stream.of(
                "import org.junit.jupiter.api.Test;",
                "import org.junit.platform.launcher.LauncherSession;",
                "import com.google.zxing.Writer;"))
        .noneMatch(LIBRARY.asPredicate());
  }

  private static Stream<Path> javaBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(not(file -> file.endsWith("TurnedOffChecksTests.java")))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> named(Path source) {
    try {
      List<String> lines = Files.readAllLines(source);
      return lines.stream()
          .filter(line -> line.startsWith("import "))
          .filter(LIBRARY.asPredicate())
          .map(line -> source + ": " + line);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
