package org.actsandbox.web.cli.demo;

import java.nio.file.Path;
import java.time.Instant;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo plays.
 *
 * @param target the world {@code demo}; a level may make a world of its own beside it
 * @param yes nobody is asked: the recommendation is taken, the demo PIN is entered
 * @param sentence empty for the reference scenario of a level that has one
 * @param lang forced; absent: the sentence's
 * @param evidence folder in which bundles are kept
 */
public record DemoContext(
    TargetWorld target,
    SandboxClient client,
    Terminal terminal,
    boolean yes,
    String sentence,
    @Nullable String lang,
    Path evidence) {

  /** What the agent speaks in: any Han character makes a sentence Chinese. */
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

  /** Says which world of its own a level plays in, and where a browser sees it. */
  void opened(TargetWorld own, Instant start) {
    terminal.say("level.world", own.world(), start, own.origin() + "/console/" + own.world());
  }
}
