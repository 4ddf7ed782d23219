package org.actsandbox.web.console.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.Exchange;
import org.actsandbox.sandbox.world.World;

/** An exchange as a command line that repeats it. Keys are masked in the journal, so also here. */
final class Curl {

  /** What a client adds by itself. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "connection",
          "user-agent",
          "accept-encoding",
          "upgrade",
          "http2-settings");

  private Curl() {}

  static String of(World world, Exchange exchange) {
    var lines = new ArrayList<String>();
    lines.add(
        "curl -i -X %s %s"
            .formatted(exchange.method(), quoted(world.at(exchange.path()).toString())));
    exchange
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                lines.add("  -H " + quoted(name + ": " + value));
              }
            });
    var body = exchange.requestBody();
    if (body != null && body.json() != null) {
      lines.add("  --data-raw " + quoted(Json.write(body.json())));
    }
    return String.join(" \\\n", List.copyOf(lines));
  }

  /** Single quotes for a POSIX shell: nothing inside is special but the quote itself. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
