package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Says why a train search found nothing, and which change would find something. */
final class EmptySearchRefusal {

  private EmptySearchRefusal() {}

  /**
   * @param inTime the number of trains that keep the times of the need; if there are any, they have
   *     no seats
   */
  static Refusal refusalFor(
      CheckedTrainNeed checkedTrainNeed, int inTime, RailBusiness railBusiness) {
    var all = railBusiness.timetable().between(checkedTrainNeed.from(), checkedTrainNeed.to());
    var stretch =
        "%s to %s"
            .formatted(checkedTrainNeed.from().name().en(), checkedTrainNeed.to().name().en());
    if (all.isEmpty()) {
      return refusal("no train goes from " + stretch + " without a change", checkedTrainNeed)
          .remedy(change(checkedTrainNeed, railBusiness));
    }
    var type = checkedTrainNeed.type();
    if (type != null && all.stream().noneMatch(ride -> ride.train().type() == type)) {
      var others =
          all.stream().map(ride -> ride.train().type().name()).distinct().sorted().toList();
      return refusal("no %s train goes from %s".formatted(type.name(), stretch), checkedTrainNeed)
          .remedy("Trains of these types go there: " + String.join(", ", others) + ".");
    }
    if (inTime > 0) {
      return refusal(
              "all %d trains from %s that fit are sold out".formatted(inTime, stretch),
              checkedTrainNeed)
          .remedy("Try another day, another class or other times.");
    }
    var open =
        all.stream().filter(ride -> !railBusiness.departed(ride, checkedTrainNeed.date())).toList();
    if (open.isEmpty()) {
      return refusal("the last train from " + stretch + " has left", checkedTrainNeed)
          .remedy("Try " + checkedTrainNeed.date().plusDays(1) + ".");
    }
    return refusal("no train from " + stretch + " keeps these times", checkedTrainNeed)
        .remedy(
            "%d trains still go that day, from %s (%s) to %s (%s)."
                .formatted(
                    open.size(),
                    TrainOffers.clock(open.getFirst().departMinute()),
                    open.getFirst().train().number(),
                    TrainOffers.clock(open.getLast().departMinute()),
                    open.getLast().train().number()));
  }

  /**
   * Names cities where the traveller can change trains: they are reached directly from the start,
   * and the destination directly from them. The shortest way comes first.
   */
  private static String change(CheckedTrainNeed checkedTrainNeed, RailBusiness railBusiness) {
    record Change(String city, int minutes) {}
    var changes = new ArrayList<Change>();
    for (var city : railBusiness.timetable().stationDirectory().cities()) {
      var first = shortest(railBusiness.timetable().between(checkedTrainNeed.from(), city));
      var second = shortest(railBusiness.timetable().between(city, checkedTrainNeed.to()));
      if (first.isPresent() && second.isPresent()) {
        changes.add(new Change(city.name().en(), first.getAsInt() + second.getAsInt()));
      }
    }
    changes.sort(Comparator.comparingInt(Change::minutes));
    var cities = changes.stream().map(Change::city).toList();
    return cities.isEmpty()
        ? "Ask for a part of the journey."
        : "Change trains in "
            + String.join(" or ", cities.stream().limit(3).toList())
            + ": ask for the two journeys one by one.";
  }

  private static OptionalInt shortest(List<Ride> rides) {
    return rides.stream().mapToInt(Ride::minutes).min();
  }

  private static Refusal refusal(String detail, CheckedTrainNeed checkedTrainNeed) {
    return new Refusal(Problem.NO_MATCH, detail)
        .at(CheckedTrainNeed.PATH)
        .observed(
            "%s → %s on %s, %d passengers"
                .formatted(
                    checkedTrainNeed.from().name().en(),
                    checkedTrainNeed.to().name().en(),
                    checkedTrainNeed.date(),
                    checkedTrainNeed.passengers()));
  }
}
