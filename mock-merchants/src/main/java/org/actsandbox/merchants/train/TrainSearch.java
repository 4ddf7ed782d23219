package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * Finds trains for a wish. Seats are counted as late and as rarely as the order of results allows:
 * by time it stops at the limit; by price or quietness it must look at every train.
 */
final class TrainSearch {

  /**
   * @param kept whether the wished position is free for everybody
   */
  record Candidate(TrainOfferId id, SeatCount left, boolean kept) {}

  private final RailBusiness railBusiness;
  private final TrainOffers book;

  TrainSearch(RailBusiness railBusiness, TrainOffers book) {
    this.railBusiness = railBusiness;
    this.book = book;
  }

  /** Offers that keep the whole wish first, then those that cannot keep the position. */
  List<Offer> match(CheckedTrainNeed checkedTrainNeed, int limit) {
    var rides =
        railBusiness.timetable().between(checkedTrainNeed.from(), checkedTrainNeed.to()).stream()
            .filter(
                ride ->
                    checkedTrainNeed.allows(ride)
                        && !railBusiness.departed(ride, checkedTrainNeed.date()))
            .toList();
    var kept = new ArrayList<Candidate>();
    var other = new ArrayList<Candidate>();
    boolean byTime = byTime(checkedTrainNeed.sort());
    for (var ride : byTime ? sorted(rides, checkedTrainNeed.sort()) : rides) {
      candidate(checkedTrainNeed, ride)
          .ifPresent(found -> (found.kept() ? kept : other).add(found));
      if (byTime && kept.size() == limit) {
        break;
      }
    }
    if (kept.isEmpty() && other.isEmpty()) {
      throw EmptySearchRefusal.refusalFor(checkedTrainNeed, rides.size(), railBusiness);
    }
    if (!byTime) {
      kept.sort(bySeats(checkedTrainNeed.sort()));
      other.sort(bySeats(checkedTrainNeed.sort()));
    }
    kept.addAll(other);
    return kept.stream().limit(limit).map(found -> offer(checkedTrainNeed, found)).toList();
  }

  /** The cheapest class that keeps the wish, else the cheapest with seats at all. */
  Optional<Candidate> candidate(CheckedTrainNeed checkedTrainNeed, Ride ride) {
    var trainRun = new TrainRun(ride.train(), ride.serviceDate(checkedTrainNeed.date()));
    var runSeats = railBusiness.seats(trainRun);
    Candidate second = null;
    for (var seatClass : SeatClass.values()) {
      if (!ride.train().consist().has(seatClass)
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
      if (second == null && left.total() >= checkedTrainNeed.passengers()) {
        var id =
            new TrainOfferId(
                merchant,
                ride,
                checkedTrainNeed.date(),
                seatClass,
                null,
                checkedTrainNeed.passengers());
        second = new Candidate(id, left, false);
      }
    }
    return Optional.ofNullable(second);
  }

  private Offer offer(CheckedTrainNeed checkedTrainNeed, Candidate found) {
    var seatPosition = checkedTrainNeed.position();
    if (found.kept() || seatPosition == null) {
      return book.offer(found.id(), found.left(), null);
    }
    var en = seatPosition.label().en();
    var note =
        new Text(
            "Not enough %s seats are left for %d.".formatted(en, checkedTrainNeed.passengers()),
            "%s座位不足 %d 个。".formatted(seatPosition.label().zh(), checkedTrainNeed.passengers()));
    return book.offer(found.id(), found.left(), note);
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
