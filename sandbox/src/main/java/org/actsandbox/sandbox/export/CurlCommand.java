package org.actsandbox.sandbox.export;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.SecretMasker;

/** An exchange as a command line that repeats it. */
public final class CurlCommand {

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

  private CurlCommand() {}

  /** To read and to repeat by hand. Keys are masked in the journal, so also here. */
  public static String of(URI base, JournalExchange journalExchange) {
    var lines = new ArrayList<String>();
    lines.add(
        "curl -i -X %s %s"
            .formatted(journalExchange.method(), quoted(base + journalExchange.path())));
    options(journalExchange).forEach(option -> lines.add("  " + option));
    return String.join(" \\\n", lines);
  }

  /** For a script that has the address and the keys in variables. */
  static String ofScript(JournalExchange journalExchange) {
    var lines = new ArrayList<String>();
    lines.add(
        "call %s \"$BASE\"%s"
            .formatted(journalExchange.method(), withVariables(journalExchange.path())));
    options(journalExchange).forEach(option -> lines.add("  " + variables(option)));
    return String.join(" \\\n", lines);
  }

  private static List<String> options(JournalExchange journalExchange) {
    var options = new ArrayList<String>();
    journalExchange
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                options.add("-H " + quoted(name + ": " + value));
              }
            });
    var body = journalExchange.requestBody();
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
    return keys.replace("\"" + SecretMasker.MASK + "\"", "\"" + spliced("PIN") + "\"")
        .replace(SecretMasker.PIN_MASK, spliced("PIN"));
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
