package org.actsandbox.web.console.play;

import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.scenarios.script.Script;

/** Names for the worlds of plays and runs: told apart also from those before a restart. */
final class PlayWorldNames {

  /** A world's name has at most 40 characters. */
  private static final int SCRIPT_CHARS = 24;

  private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

  private PlayWorldNames() {}

  /** {@code play-sold-out-mb3k2x9f}. */
  static String of(String purpose, Script script) {
    var name = script.name().substring(0, Math.min(SCRIPT_CHARS, script.name().length()));
    return "%s-%s-%s".formatted(purpose, name, unique());
  }

  static String unique() {
    return Long.toString(NEXT.incrementAndGet(), Character.MAX_RADIX);
  }
}
