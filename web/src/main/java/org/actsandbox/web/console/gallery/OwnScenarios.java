package org.actsandbox.web.console.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.springframework.stereotype.Component;

/** Stores the user's own scenario files in the folder {@code scenarios} of the data folder. */
@Component
class OwnScenarios {

  static final int LONGEST = 200_000;
  private static final int MOST = 500;
  private static final String SUFFIX = ".yaml";

  /** The names that the schema allows. They contain no path. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  private final Path folder;

  OwnScenarios(SandboxSettings sandboxSettings) {
    this.folder = sandboxSettings.data().resolve("scenarios");
  }

  List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  Optional<String> text(String name) {
    var file = file(name);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /**
   * Writes a file atomically; an existing file of that name is replaced.
   *
   * @throws Refusal {@code limit_exceeded} if the user has too many scenarios
   */
  synchronized void save(String name, String text) {
    if (names().size() >= MOST && text(name).isEmpty()) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "there are %d scenarios of yours".formatted(MOST))
          .expected("at most " + MOST)
          .remedy("Remove one you do not need any more.");
    }
    var file = file(name);
    try {
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, "saving", ".tmp");
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot remove " + file(name), unwritable);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(Problem.NOT_FOUND, "no scenario has such a name")
          .at("name")
          .expected("small letters, digits and hyphens");
    }
    return folder.resolve(name + SUFFIX);
  }
}
