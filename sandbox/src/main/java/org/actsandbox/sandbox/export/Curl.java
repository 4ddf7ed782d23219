package org.actsandbox.sandbox.export;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.Exchange;
import org.actsandbox.sandbox.journal.Secrets;

/** An exchange as a command line that repeats it. */
public final class Curl {

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

  /** A masked role key, as the journal has it. */
  private static final Pattern KEY =
      Pattern.compile("act_([a-z]+)_(?:[a-z0-9-]+\\.([a-z0-9.-]+)_|[a-z0-9.-]+_|)?\\*\\*\\*");

  private Curl() {}

  /** To read and to repeat by hand. Keys are masked in the journal, so also here. */
  public static String of(URI base, Exchange exchange) {
    var lines = new ArrayList<String>();
    lines.add("curl -i -X %s %s".formatted(exchange.method(), quoted(base + exchange.path())));
    options(exchange).forEach(option -> lines.add("  " + option));
    return String.join(" \\\n", lines);
  }

  /** For a script that has the address and the keys in variables. */
  static String ofScript(Exchange exchange) {
    var lines = new ArrayList<String>();
    lines.add("call %s \"$BASE\"%s".formatted(exchange.method(), withVariables(exchange.path())));
    options(exchange).forEach(option -> lines.add("  " + variables(option)));
    return String.join(" \\\n", lines);
  }

  private static List<String> options(Exchange exchange) {
    var options = new ArrayList<String>();
    exchange
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                options.add("-H " + quoted(name + ": " + value));
              }
            });
    var body = exchange.requestBody();
    if (body != null && body.json() != null) {
      options.add("--data-raw " + quoted(Json.write(body.json())));
    } else if (body != null && body.text() != null && body.length() <= body.text().length()) {
      options.add("--data-raw " + quoted(body.text()));
    }
    return options;
  }

  private static String withVariables(String text) {
    return variables(quoted(text));
  }

  /** Inside single quotes: closes them, puts the variable between double ones, opens them again. */
  private static String variables(String quoted) {
    var keys =
        KEY.matcher(quoted)
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        spliced(variable(found.group(1), found.group(2)))));
    return keys.replace("\"" + Secrets.MASK + "\"", "\"" + spliced("PIN") + "\"")
        .replace(Secrets.PIN_MASK, spliced("PIN"));
  }

  private static String spliced(String variable) {
    return "'\"$" + variable + "\"'";
  }

  static String variable(String role, @org.jspecify.annotations.Nullable String subject) {
    var name = subject == null ? role : role + "_" + subject;
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_KEY";
  }

  /** Variables a command needs; in order of appearance. */
  static List<String> variablesIn(String command) {
    return Pattern.compile("\\$([A-Z0-9_]+_KEY|PIN)")
        .matcher(command)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  /** Single quotes for a POSIX shell: nothing inside is special but the quote itself. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
