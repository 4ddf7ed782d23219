package org.actsandbox.agent.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * Says how the principal wants something bought later, without being asked again (directed
 * payment). The target itself is in the wishes; while an essential value is absent, the directive
 * is a draft.
 *
 * @param until the last day on which it may be bought
 * @param most the highest price of one purchase, decimal yuan
 * @param below the price that it must cost less than, decimal yuan
 * @param first the day of the first payment of a plan; when it is absent, the agent buys as soon as
 *     possible
 * @param every the time between the payments of a plan; absent for a single payment
 */
public record Directive(
    @Nullable LocalDate until,
    @Nullable String most,
    @Nullable String below,
    @Nullable LocalDate first,
    @Nullable Period every) {

  public static final Directive OPEN = new Directive(null, null, null, null, null);

  public Directive withUntil(@Nullable LocalDate day) {
    return new Directive(day, most, below, first, every);
  }

  public Directive withMost(@Nullable String yuan) {
    return new Directive(until, yuan, below, first, every);
  }

  /** Returns a copy in which the values of {@code update} replace those of this directive. */
  public Directive mergedWith(Directive update) {
    return new Directive(
        update.until == null ? until : update.until,
        update.most == null ? most : update.most,
        update.below == null ? below : update.below,
        update.first == null ? first : update.first,
        update.first == null ? every : update.every);
  }

  @JsonIgnore
  public boolean isPlanned() {
    return first != null;
  }

  /**
   * Returns the number of payments of the plan; it is one when there is no plan, or a plan without
   * an end.
   */
  public int payments() {
    if (first == null || every == null || until == null) {
      return 1;
    }
    int count = 0;
    // Ours: the count stops here, because a plan has at most 120 payments.
    while (count < 1000 && !first.plus(every.multipliedBy(count)).isAfter(until)) {
      count++;
    }
    return count;
  }
}
