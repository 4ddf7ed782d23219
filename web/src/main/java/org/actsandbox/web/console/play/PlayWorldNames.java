package org.actsandbox.web.console.play;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.actsandbox.scenarios.script.Script;

/**
 * Makes names for the worlds of plays and runs. They are unique even across restarts of the server.
 */
public final class PlayWorldNames {

  /** The most characters of a script's name in a world's name, which has at most 40 characters. */
  private static final int SCRIPT_CHARS = 24;

  private static final Pattern NAME = Pattern.compile("(?:play|run|try)-(.+)-[0-9a-z]+");

  private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

  private PlayWorldNames() {}

  /** Returns a name such as {@code play-sold-out-mb3k2x9f}. */
  static String of(String purpose, Script script) {
    return "%s-%s-%s".formatted(purpose, shortened(script.name()), unique());
  }

  private static String shortened(String script) {
    return script.substring(0, Math.min(SCRIPT_CHARS, script.length()));
  }

  /** Finds the name of the script that was played in a world; empty for every other world. */
  public static Optional<String> findScript(String world, Collection<String> scripts) {
    var name = NAME.matcher(world);
    return name.matches()
        ? scripts.stream().filter(script -> shortened(script).equals(name.group(1))).findFirst()
        : Optional.empty();
  }

  public static String unique() {
    return Long.toString(NEXT.incrementAndGet(), Character.MAX_RADIX);
  }
}
