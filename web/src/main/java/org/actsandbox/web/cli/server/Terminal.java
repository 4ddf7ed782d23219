package org.actsandbox.web.cli.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ResourceBundle;
import org.actsandbox.protocol.commerce.LocalizedMessages;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the person in front of a terminal, in their language.
 *
 * <p>With {@code --json} standard output belongs to the one object, so everything for people goes
 * to standard error.
 */
public final class Terminal {

  private static final String BUNDLE = "org.actsandbox.web.cli.messages";

  private final PrintStream people;
  private final PrintStream machine;
  private final BufferedReader answers;
  private ResourceBundle texts = LocalizedMessages.bundle(BUNDLE, "en");

  public Terminal(boolean json) {
    this.people = json ? System.err : System.out;
    this.machine = System.out;
    this.answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  public void speak(String lang) {
    texts = LocalizedMessages.bundle(BUNDLE, lang);
  }

  public String text(String key, Object... arguments) {
    var pattern = texts.getString(key);
    return arguments.length == 0 ? pattern : pattern.formatted(arguments);
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

  /** Asks for a line; null when nobody is there to answer. */
  public @Nullable String ask(String prompt) {
    people.print(prompt + " ");
    people.flush();
    try {
      return answers.readLine();
    } catch (IOException gone) {
      throw new UncheckedIOException("standard input cannot be read", gone);
    }
  }

  /** Asks for a secret, without echo where there is a real terminal. */
  @SuppressWarnings("SystemConsoleNull") // NullAway knows better than to trust it
  public @Nullable String askSecret(String prompt) {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return ask(prompt);
    }
    var typed = console.readPassword("%s ", prompt);
    return typed == null ? null : new String(typed);
  }
}
