package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.actsandbox.merchants.train.timetable.Station;
import org.actsandbox.merchants.train.timetable.StationOrCity;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Refuses a sold-out train offer and names free alternatives. */
final class SoldOutAlternatives {

  private static final int MAX_ALTERNATIVES = 3;
  private static final int MAX_TRAINS = 12;

  private final RailBusiness railBusiness;
  private final TrainSearch search;

  SoldOutAlternatives(RailBusiness railBusiness, TrainSearch search) {
    this.railBusiness = railBusiness;
    this.search = search;
  }

  Refusal soldOut(TrainOfferId id) {
    var seatPosition = id.position();
    return new Refusal(
            Problem.SOLD_OUT,
            "%s on %s has no %d free %sseats in %s any more"
                .formatted(
                    id.train().number(),
                    id.boarding(),
                    id.passengers(),
                    seatPosition == null ? "" : seatPosition.label().en() + " ",
                    id.seatClass().label().en()))
        .at("offer_id")
        .observed(id.text())
        .remedy(remedy(id));
  }

  private String remedy(TrainOfferId id) {
    var named = new ArrayList<String>();
    for (var found : alternatives(id)) {
      named.add(
          "%s at %s in %s, %d left, offer %s"
              .formatted(
                  found.id().train().number(),
                  TrainOffers.clock(found.id().ride().departMinute()),
                  found.id().seatClass().label().en(),
                  found.left().of(found.id().position()),
                  found.id().text()));
    }
    return named.isEmpty()
        ? "Nothing else is free between these stations that day: try another day."
        : "Free instead: " + String.join("; ", named) + ".";
  }

  /** Finds this train in any class and position, then the nearest departures with the same need. */
  private List<TrainSearch.Candidate> alternatives(TrainOfferId id) {
    var from = place(id.ride().from().station());
    var to = place(id.ride().to().station());
    var need =
        new Need.Train("", "", id.boarding(), null, null, null, null, null, null, null, 1, null);
    var sort = CheckedTrainNeed.Sort.EARLIEST;
    int passengers = id.passengers();
    var samePosition =
        new CheckedTrainNeed(
            from, to, id.boarding(), id.seatClass(), id.position(), null, passengers, sort, need);
    var anyPosition =
        new CheckedTrainNeed(from, to, id.boarding(), null, null, null, passengers, sort, need);
    var found = new ArrayList<TrainSearch.Candidate>();
    search.candidate(anyPosition, id.ride()).ifPresent(found::add);
    railBusiness.timetable().between(from, to).stream()
        .filter(ride -> ride.train().ordinal() != id.train().ordinal())
        .filter(ride -> !railBusiness.departed(ride, id.boarding()))
        .sorted(
            Comparator.comparingInt(
                ride -> Math.abs(ride.departMinute() - id.ride().departMinute())))
        .limit(MAX_TRAINS)
        .flatMap(ride -> search.candidate(samePosition, ride).stream())
        .limit(MAX_ALTERNATIVES - found.size())
        .forEach(found::add);
    return found;
  }

  private static StationOrCity place(Station station) {
    return new StationOrCity(station.name(), List.of(station));
  }
}
