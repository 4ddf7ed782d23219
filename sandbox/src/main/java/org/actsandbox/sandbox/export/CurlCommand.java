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

/** Writes an exchange as a curl command that repeats it. */
public final class CurlCommand {

  /** Headers that curl adds by itself. */
  private static final Set<String> ADDED_BY_CURL =
      Set.of(
          "host",
          "content-length",
          "connection",
          "user-agent",
          "accept-encoding",
          "upgrade",
          "http2-settings");

  /** A role key as the journal has it, masked. */
  private static final Pattern KEY =
      Pattern.compile("act_([a-z]+)_(?:[a-z0-9-]+\\.([a-z0-9.-]+)_|[a-z0-9.-]+_|)?\\*\\*\\*");

  private CurlCommand() {}

  /**
   * Returns the command to read and to repeat by hand. Keys are masked in the journal, so also
   * here.
   */
  public static String of(URI base, JournalExchange journalExchange) {
    var lines = new ArrayList<String>();
    lines.add(
        "curl -i -X %s %s"
            .formatted(journalExchange.method(), quoted(base + journalExchange.path())));
    options(journalExchange).forEach(option -> lines.add("  " + option));
    return String.join(" \\\n", lines);
  }

  /** Returns the command for a script that has the address and the keys in variables. */
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
              if (!ADDED_BY_CURL.contains(name.toLowerCase(Locale.ROOT))) {
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

  /**
   * Inserts variables inside single quotes: closes them, puts the variable between double quotes,
   * and opens them again.
   */
  private static String variables(String quoted) {
    var keys =
        KEY.matcher(quoted)
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        spliceIn(variable(found.group(1), found.group(2)))));
    return keys.replace("\"" + SecretMasker.MASK + "\"", "\"" + spliceIn("PIN") + "\"")
        .replace(SecretMasker.PIN_MASK, spliceIn("PIN"));
  }

  private static String spliceIn(String variable) {
    return "'\"$" + variable + "\"'";
  }

  static String variable(String role, @org.jspecify.annotations.Nullable String subject) {
    var name = subject == null ? role : role + "_" + subject;
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_KEY";
  }

  /** Returns the variables that a command needs, in order of appearance. */
  static List<String> variablesIn(String command) {
    return Pattern.compile("\\$([A-Z0-9_]+_KEY|PIN)")
        .matcher(command)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  /**
   * Returns the text in single quotes for a POSIX shell, in which only the quote itself is special.
   */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
