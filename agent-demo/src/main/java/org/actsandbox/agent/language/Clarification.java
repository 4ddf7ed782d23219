package org.actsandbox.agent.language;

import org.jspecify.annotations.Nullable;

/**
 * Says which constraint of a wish is missing, ambiguous or contradictory, so that the agent must
 * ask the principal (ACT ADD-1).
 *
 * @param field the field on the wire, such as {@code from}, {@code date}, {@code product}
 * @param about the words in question, when there are some
 * @param suggestion the value that was probably meant, for a "yes": the English name of a place
 */
public record Clarification(
    String field, Reason reason, @Nullable String about, @Nullable String suggestion) {

  public Clarification(String field, Reason reason, @Nullable String about) {
    this(field, reason, about, null);
  }

  /** The problem of the field. */
  public enum Reason {
    MISSING,
    AMBIGUOUS,
    CONTRADICTORY,
    /** The place is on no map here. */
    UNKNOWN,
    PAST,
    /** The day does not exist, or the number is out of bounds. */
    IMPOSSIBLE
  }
}
