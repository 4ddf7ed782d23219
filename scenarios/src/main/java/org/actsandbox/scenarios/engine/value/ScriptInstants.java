package org.actsandbox.scenarios.engine.value;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Converts the points in time that files write, with any offset, into UTC instants. */
public final class ScriptInstants {

  private ScriptInstants() {}

  /**
   * Converts {@code 2026-11-25T09:00:00+08:00} into {@code 2026-11-25T01:00:00Z}.
   *
   * @throws UnplayableStep if the text is not a point in time with an offset
   */
  public static String utc(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException malformed) {
      throw new UnplayableStep("not a moment with its offset: " + text, malformed);
    }
  }
}
