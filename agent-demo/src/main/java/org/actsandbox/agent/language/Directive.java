package org.actsandbox.agent.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How the principal wants something bought later, without being asked again (directed payment). The
 * target itself is in the wishes; while something essential is absent, the directive is a draft.
 *
 * @param until the last day on which it may be bought
 * @param most yuan for one purchase, decimal
 * @param below buy only when it costs less than that, yuan, decimal
 * @param first the day of the first payment of a plan; absent: as soon as it can be had
 * @param every between the payments of a plan; absent for a single one
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

  /** What {@code news} says replaces what was said. */
  public Directive mergedWith(Directive news) {
    return new Directive(
        news.until == null ? until : news.until,
        news.most == null ? most : news.most,
        news.below == null ? below : news.below,
        news.first == null ? first : news.first,
        news.first == null ? every : news.every);
  }

  @JsonIgnore
  public boolean isPlanned() {
    return first != null;
  }

  /** The payments of the plan; one when there is no plan, or none that ends. */
  public int payments() {
    if (first == null || every == null || until == null) {
      return 1;
    }
    int count = 0;
    // Ours: nobody counts further; a plan has 120 payments at most.
    while (count < 1000 && !first.plus(every.multipliedBy(count)).isAfter(until)) {
      count++;
    }
    return count;
  }
}
