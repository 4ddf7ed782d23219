package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name packages and types of the source; each of those names leads to a file. */
class DocumentedTypesTests {

  private static final Path ROOT = Path.of("..");
  private static final Path JAVA = Path.of("src", "main", "java", "org", "actsandbox");

  /**
   * {@code sandbox/dispute/DisputeProcess} or {@code sandbox.key.Principals}, below org.actsandbox.
   */
  private static final Pattern TYPE =
      Pattern.compile(
          "`((?:protocol|merchants|agent|sandbox|scenarios|web)(?:[./][a-z0-9]+)*[./][A-Z]\\w*)");

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "docs/glossary.md", "docs/language.md"})
  void everyTypeThatADocumentNamesExists(String document) throws IOException {
    var text = Files.readString(ROOT.resolve(document));
    var named =
        TYPE.matcher(text).results().map(DocumentedTypesTests::path).collect(Collectors.toSet());
    assertThat(named).as("types named in %s", document).isNotEmpty();
    assertThat(named).as("types named in %s", document).isSubsetOf(types());
  }

  /** Without this the test above would pass for a pattern that finds nothing. */
  @Test
  void aTypeThatDoesNotExistIsFound() throws IOException {
    var named =
        TYPE.matcher("see `sandbox/nowhere/Nothing` and `sandbox.key.Principals`")
            .results()
            .map(DocumentedTypesTests::path)
            .collect(Collectors.toSet());
    assertThat(named)
        .containsExactlyInAnyOrder("sandbox/nowhere/Nothing", "sandbox/key/Principals");
    assertThat(types())
        .contains("sandbox/key/Principals")
        .doesNotContain("sandbox/nowhere/Nothing");
  }

  private static String path(MatchResult match) {
    return match.group(1).replace('.', '/');
  }

  private static Set<String> types() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve(JAVA))
          .filter(Files::isDirectory)
          .flatMap(DocumentedTypesTests::typesBelow)
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> typesBelow(Path java) {
    try (Stream<Path> files = Files.walk(java)) {
      return files
          .map(file -> java.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
