package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Says why a search found nothing, and what would find something. */
final class NothingFound {

  private NothingFound() {}

  /**
   * @param inTime trains that keep the wish's times; they have no seats then
   */
  static Refusal because(Wish wish, int inTime, Counter counter) {
    var all = counter.timetable().between(wish.from(), wish.to());
    var stretch = "%s to %s".formatted(wish.from().name().en(), wish.to().name().en());
    if (all.isEmpty()) {
      return refusal("no train goes from " + stretch + " without a change", wish)
          .remedy(change(wish, counter));
    }
    if (inTime > 0) {
      return refusal("all %d trains from %s that fit are sold out".formatted(inTime, stretch), wish)
          .remedy("Try another day, another class or other times.");
    }
    var open = all.stream().filter(ride -> !counter.departed(ride, wish.date())).toList();
    if (open.isEmpty()) {
      return refusal("the last train from " + stretch + " has left", wish)
          .remedy("Try " + wish.date().plusDays(1) + ".");
    }
    return refusal("no train from " + stretch + " keeps these times", wish)
        .remedy(
            "%d trains still go that day, from %s (%s) to %s (%s)."
                .formatted(
                    open.size(),
                    OfferBook.clock(open.getFirst().departMinute()),
                    open.getFirst().train().number(),
                    OfferBook.clock(open.getLast().departMinute()),
                    open.getLast().train().number()));
  }

  /** Cities reached directly from the start, and the destination directly from them. */
  private static String change(Wish wish, Counter counter) {
    List<String> cities = new ArrayList<>();
    for (var city : counter.timetable().gazetteer().cities()) {
      if (!counter.timetable().between(wish.from(), city).isEmpty()
          && !counter.timetable().between(city, wish.to()).isEmpty()) {
        cities.add(city.name().en());
      }
    }
    return cities.isEmpty()
        ? "Ask for a part of the journey."
        : "Change trains in "
            + String.join(" or ", cities.stream().limit(3).toList())
            + ": ask for the two journeys one by one.";
  }

  private static Refusal refusal(String detail, Wish wish) {
    return new Refusal(Problem.NO_MATCH, detail)
        .at("need")
        .observed(
            "%s → %s on %s, %d passengers"
                .formatted(
                    wish.from().name().en(),
                    wish.to().name().en(),
                    wish.date(),
                    wish.passengers()));
  }
}
