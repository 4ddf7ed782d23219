package org.actsandbox.scenarios.engine.value;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Moments as files write them. */
public final class ScriptInstants {

  private ScriptInstants() {}

  /** {@code 2026-11-25T09:00:00+08:00} as {@code 2026-11-25T01:00:00Z}. */
  public static String utc(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException malformed) {
      throw new UnplayableStep("not a moment with its offset: " + text, malformed);
    }
  }
}
