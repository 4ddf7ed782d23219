package org.actsandbox.web.cli.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/**
 * Writes to and reads from the person at a terminal, in that person's language.
 *
 * <p>With {@code --json} standard output contains only the one JSON object, so all texts for people
 * go to standard error.
 */
public final class Terminal {

  private static final String BUNDLE = "org.actsandbox.web.cli.messages";

  private final PrintStream people;
  private final PrintStream machine;
  private final BufferedReader answers;
  private ResourceBundle texts = LocalizedMessages.bundle(BUNDLE, "en");
  private Locale locale = Locale.ENGLISH;

  public Terminal(boolean json) {
    this.people = json ? System.err : System.out;
    this.machine = System.out;
    this.answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /** Sets the language of the following texts. */
  public void speak(String lang) {
    texts = LocalizedMessages.bundle(BUNDLE, lang);
    locale = Locale.of(lang);
  }

  public String text(String key, Object... arguments) {
    var pattern = texts.getString(key);
    return arguments.length == 0 ? pattern : pattern.formatted(arguments);
  }

  /** Returns a time at the world's place, {@code Sun 29 Nov 2026 09:14}. */
  public String moment(Instant at) {
    return DateTimeFormatter.ofPattern(text("format.moment"), locale)
        .withZone(WorldClock.ZONE)
        .format(at);
  }

  public void say(String key, Object... arguments) {
    people.println(text(key, arguments));
  }

  public void print(String line) {
    people.println(line);
  }

  public void object(String json) {
    machine.println(json);
  }

  /** Asks for a line; returns null at the end of the input. */
  public @Nullable String ask(String prompt) {
    people.print(prompt + " ");
    people.flush();
    try {
      return answers.readLine();
    } catch (IOException gone) {
      throw new UncheckedIOException("standard input cannot be read", gone);
    }
  }

  /**
   * Asks for a secret, without echo if there is a real terminal; returns null at the end of the
   * input.
   */
  @SuppressWarnings("SystemConsoleNull") // NullAway requires the check
  public @Nullable String askSecret(String prompt) {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return ask(prompt);
    }
    var typed = console.readPassword("%s ", prompt);
    return typed == null ? null : new String(typed);
  }
}
