package org.actsandbox.agent.language;

import org.jspecify.annotations.Nullable;

/**
 * Why the agent must ask (ACT ADD-1).
 *
 * @param field the essential on the wire, such as {@code from}, {@code date}, {@code product}
 * @param about the words in question, when there are some
 * @param suggestion what was probably meant, for a "yes": the English name of a place
 */
public record Clarification(
    String field, Reason reason, @Nullable String about, @Nullable String suggestion) {

  public Clarification(String field, Reason reason, @Nullable String about) {
    this(field, reason, about, null);
  }

  /** What is wrong with the field. */
  public enum Reason {
    MISSING,
    AMBIGUOUS,
    CONTRADICTORY,
    /** A place that is not on any map here. */
    UNKNOWN,
    PAST,
    /** No such day, or a number out of all bounds. */
    IMPOSSIBLE
  }
}
