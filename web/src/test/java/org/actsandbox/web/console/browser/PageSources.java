package org.actsandbox.web.console.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the templates, styles and scripts of all modules. */
final class PageSources {

  static final Path ROOT = Path.of("..");

  private static final List<String> MODULES =
      List.of("protocol", "mock-merchants", "agent-demo", "sandbox", "scenarios", "web");

  private PageSources() {}

  static List<Path> all() {
    return MODULES.stream()
        .map(module -> ROOT.resolve(Path.of(module, "src", "main", "resources")))
        .filter(Files::isDirectory)
        .flatMap(PageSources::below)
        .filter(file -> file.toString().matches(".*\\.(html|css|js)"))
        .sorted()
        .toList();
  }

  private static Stream<Path> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
