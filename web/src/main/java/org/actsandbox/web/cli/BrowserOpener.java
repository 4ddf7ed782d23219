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
 * Opens a file in the browser of this machine.
 *
 * @param opener the program that opens files, such as {@code /usr/bin/xdg-open}
 */
record BrowserOpener(Path opener) {

  /** Finds the opener of this machine; empty if there is no such program or no display. */
  static Optional<BrowserOpener> here() {
    return in(System.getProperty("os.name", ""), System.getenv());
  }

  static Optional<BrowserOpener> in(String system, Map<String, String> environment) {
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
            .map(BrowserOpener::new)
        : Optional.empty();
  }

  /**
   * Opens the address through a file that only this user can read: other users can see the
   * arguments of a process, and the address contains the start token.
   *
   * @return the message for the user
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
