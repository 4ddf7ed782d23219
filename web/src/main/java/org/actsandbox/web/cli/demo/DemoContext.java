package org.actsandbox.web.cli.demo;

import java.nio.file.Path;
import java.time.Instant;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Holds the server, the terminal and the options with which a demo is played.
 *
 * @param target the world {@code demo}; a level may make a world of its own beside it
 * @param yes whether the demo decides by itself: it takes the recommendation and enters the demo
 *     PIN
 * @param sentence the user's sentence; empty for the reference scenario of a level that has one
 * @param lang the language that the user chose; null for that of the sentence
 * @param evidence the folder in which bundles are kept
 */
public record DemoContext(
    TargetWorld target,
    SandboxClient client,
    Terminal terminal,
    boolean yes,
    String sentence,
    @Nullable String lang,
    Path evidence) {

  /** Returns the agent's language; any Han character makes a sentence Chinese. */
  String language() {
    if (lang != null) {
      return lang;
    }
    boolean chinese =
        sentence
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return chinese ? "zh" : "en";
  }

  /** Prints the world in which a level is played, and its address in the console. */
  void printWorld(TargetWorld own, Instant start) {
    terminal.say(
        "level.world",
        own.world(),
        terminal.moment(start),
        own.origin() + "/console/" + own.world());
  }
}
