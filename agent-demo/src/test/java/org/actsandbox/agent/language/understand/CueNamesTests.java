package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.understand.draft.Details;
import org.junit.jupiter.api.Test;

/** Tests that the readers and the files of their words use the same names. */
class CueNamesTests {

  private static final Map<String, String> SIGNS =
      Map.of(
          "precedes",
          "<",
          "before",
          "<",
          "follows",
          ">",
          "after",
          ">",
          "occurs",
          "~",
          "anywhere",
          "~",
          "fits",
          "=",
          "whole",
          "=");
  private static final Pattern USE =
      Pattern.compile("(Cues|Details)\\s*\\.KNOWN\\s*\\.(\\w+)\\(\\s*\"([^\"]+)\"");
  private static final String SOURCES = sources();

  private static String sources() {
    var folder = Path.of("agent-demo/src/main/java/org/actsandbox/agent/language/understand");
    var here = Files.isDirectory(folder) ? folder : Path.of("..").resolve(folder);
    try (Stream<Path> files = Files.walk(here)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(CueNamesTests::read)
          .collect(Collectors.joining());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Stream<String> names(RuleFile file) {
    return file.lines().stream().map(line -> (line.kind() + " " + line.argument()).strip());
  }

  @Test
  void everyNameInTheCodeHasALine() {
    var known =
        Map.of(
            "Cues", names(Cues.KNOWN).collect(Collectors.toSet()),
            "Details", names(Details.KNOWN).collect(Collectors.toSet()));
    var used =
        USE.matcher(SOURCES)
            .results()
            .filter(use -> SIGNS.containsKey(use.group(2)))
            .map(use -> use.group(1) + ": " + use.group(3) + " " + SIGNS.get(use.group(2)))
            .toList();

    assertThat(used)
        .hasSizeGreaterThan(50)
        .allMatch(
            use ->
                known
                    .getOrDefault(use.split(": ", 2)[0], Set.of())
                    .contains(use.split(": ", 2)[1]));
  }

  @Test
  void everyLineIsUsedByTheCode() {
    assertThat(Stream.concat(names(Cues.KNOWN), names(Details.KNOWN)))
        .filteredOn(name -> name.matches(".* [<>~=]"))
        .hasSizeGreaterThan(50)
        .allMatch(name -> SOURCES.contains("\"" + name.substring(0, name.length() - 2) + "\""));
  }
}
