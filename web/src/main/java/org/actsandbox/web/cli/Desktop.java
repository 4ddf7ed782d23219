package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.database.OwnerOnly;

/**
 * What opens a file with the browser of this machine.
 *
 * @param opener such as {@code /usr/bin/xdg-open}
 */
record Desktop(Path opener) {

  /** Empty where no program opens files, or where there is no display to show them on. */
  static Optional<Desktop> here() {
    return in(System.getProperty("os.name", ""), System.getenv());
  }

  static Optional<Desktop> in(String system, Map<String, String> environment) {
    boolean mac = system.toLowerCase(Locale.ROOT).contains("mac");
    boolean display =
        mac
            || Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    return display
        ? Stream.of(environment.getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, mac ? "open" : "xdg-open"))
            .filter(Files::isExecutable)
            .findFirst()
            .map(Desktop::new)
        : Optional.empty();
  }

  /**
   * Opens the address by way of a file that only this user can read: other users see the arguments
   * of a process, and the address has the start token in it.
   *
   * @return what to tell the user
   */
  String open(Path data, URI address) {
    try {
      var page = data.resolve(DataFolder.BROWSER_PAGE);
      Files.deleteIfExists(page);
      OwnerOnly.create(page, html(address).getBytes(StandardCharsets.UTF_8));
      new ProcessBuilder(List.of(opener.toString(), page.toString()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return "Opening it in the browser.";
    } catch (IOException failed) {
      return "The browser cannot be opened (%s): copy the address.".formatted(failed.getMessage());
    }
  }

  private static String html(URI address) {
    return """
        <!doctype html>
        <meta charset="utf-8"><meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0;url=%1$s">
        <title>ACT Sandbox</title><a href="%1$s">ACT Sandbox</a>
        """
        .formatted(address);
  }
}
