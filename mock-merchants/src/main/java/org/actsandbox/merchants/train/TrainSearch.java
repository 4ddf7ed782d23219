package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.train.seat.SeatCount;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * Finds train offers for a need. Seats are counted as late and as rarely as the order of results
 * allows: by time it stops at the limit; by price or quietness it must count them on every train.
 */
final class TrainSearch {

  /**
   * Represents a train with enough free seats.
   *
   * @param keepsPosition whether the wanted position is free for all passengers
   */
  record Candidate(TrainOfferId id, SeatCount left, boolean keepsPosition) {}

  private final RailBusiness railBusiness;
  private final TrainOffers trainOffers;

  TrainSearch(RailBusiness railBusiness, TrainOffers trainOffers) {
    this.railBusiness = railBusiness;
    this.trainOffers = trainOffers;
  }

  /**
   * Returns the offers that keep the whole need first, then those that cannot keep the position.
   */
  List<Offer> match(CheckedTrainNeed checkedTrainNeed, int limit) {
    var rides =
        railBusiness.timetable().between(checkedTrainNeed.from(), checkedTrainNeed.to()).stream()
            .filter(
                ride ->
                    checkedTrainNeed.allows(ride)
                        && !railBusiness.departed(ride, checkedTrainNeed.date()))
            .toList();
    var matching = new ArrayList<Candidate>();
    var withoutPosition = new ArrayList<Candidate>();
    boolean byTime = byTime(checkedTrainNeed.sort());
    for (var ride : byTime ? sorted(rides, checkedTrainNeed.sort()) : rides) {
      candidate(checkedTrainNeed, ride)
          .ifPresent(found -> (found.keepsPosition() ? matching : withoutPosition).add(found));
      if (byTime && matching.size() == limit) {
        break;
      }
    }
    if (matching.isEmpty() && withoutPosition.isEmpty()) {
      throw EmptySearchRefusal.refusalFor(checkedTrainNeed, rides.size(), railBusiness);
    }
    if (!byTime) {
      matching.sort(bySeats(checkedTrainNeed.sort()));
      withoutPosition.sort(bySeats(checkedTrainNeed.sort()));
    }
    matching.addAll(withoutPosition);
    return matching.stream().limit(limit).map(found -> offer(checkedTrainNeed, found)).toList();
  }

  /**
   * Returns the cheapest class that keeps the need, or else the cheapest with enough seats in any
   * position.
   */
  Optional<Candidate> candidate(CheckedTrainNeed checkedTrainNeed, Ride ride) {
    var trainRun = new TrainRun(ride.train(), ride.serviceDate(checkedTrainNeed.date()));
    var runSeats = railBusiness.seats(trainRun);
    Candidate fallback = null;
    for (var seatClass : SeatClass.values()) {
      if (!ride.train().composition().has(seatClass)
          || (checkedTrainNeed.seatClass() != null && checkedTrainNeed.seatClass() != seatClass)) {
        continue;
      }
      var left = runSeats.count(seatClass, ride.segments());
      var merchant = railBusiness.merchant().id();
      if (left.of(checkedTrainNeed.position()) >= checkedTrainNeed.passengers()) {
        var id =
            new TrainOfferId(
                merchant,
                ride,
                checkedTrainNeed.date(),
                seatClass,
                checkedTrainNeed.position(),
                checkedTrainNeed.passengers());
        return Optional.of(new Candidate(id, left, true));
      }
      if (fallback == null && left.total() >= checkedTrainNeed.passengers()) {
        var id =
            new TrainOfferId(
                merchant,
                ride,
                checkedTrainNeed.date(),
                seatClass,
                null,
                checkedTrainNeed.passengers());
        fallback = new Candidate(id, left, false);
      }
    }
    return Optional.ofNullable(fallback);
  }

  private Offer offer(CheckedTrainNeed checkedTrainNeed, Candidate found) {
    var seatPosition = checkedTrainNeed.position();
    if (found.keepsPosition() || seatPosition == null) {
      return trainOffers.offer(found.id(), found.left(), null);
    }
    var en = seatPosition.label().en();
    var note =
        new Text(
            "Not enough %s seats are left for %d.".formatted(en, checkedTrainNeed.passengers()),
            "%s座位不足 %d 个。".formatted(seatPosition.label().zh(), checkedTrainNeed.passengers()));
    return trainOffers.offer(found.id(), found.left(), note);
  }

  private static boolean byTime(CheckedTrainNeed.Sort sort) {
    return switch (sort) {
      case EARLIEST, LATEST, FASTEST -> true;
      case CHEAPEST, QUIETEST -> false;
    };
  }

  private static List<Ride> sorted(List<Ride> rides, CheckedTrainNeed.Sort sort) {
    return switch (sort) {
      case FASTEST ->
          rides.stream()
              .sorted(Comparator.comparingInt(Ride::minutes).thenComparing(Timetable.BY_DEPARTURE))
              .toList();
      case LATEST -> rides.reversed();
      case EARLIEST, CHEAPEST, QUIETEST -> rides;
    };
  }

  private Comparator<Candidate> bySeats(CheckedTrainNeed.Sort sort) {
    Comparator<Candidate> first =
        sort == CheckedTrainNeed.Sort.CHEAPEST
            ? Comparator.comparingLong(found -> railBusiness.tariff().total(found.id()))
            : Comparator.comparingInt(found -> found.left().fullness());
    return first.thenComparing(found -> found.id().ride(), Timetable.BY_DEPARTURE);
  }
}
