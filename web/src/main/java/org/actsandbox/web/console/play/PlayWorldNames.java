package org.actsandbox.web.console.play;

import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.scenarios.script.Script;

/**
 * Makes names for the worlds of plays and runs. They are unique even across restarts of the server.
 */
public final class PlayWorldNames {

  /** The most characters of a script's name in a world's name, which has at most 40 characters. */
  private static final int SCRIPT_CHARS = 24;

  private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

  private PlayWorldNames() {}

  /** Returns a name such as {@code play-sold-out-mb3k2x9f}. */
  static String of(String purpose, Script script) {
    var name = script.name().substring(0, Math.min(SCRIPT_CHARS, script.name().length()));
    return "%s-%s-%s".formatted(purpose, name, unique());
  }

  public static String unique() {
    return Long.toString(NEXT.incrementAndGet(), Character.MAX_RADIX);
  }
}
