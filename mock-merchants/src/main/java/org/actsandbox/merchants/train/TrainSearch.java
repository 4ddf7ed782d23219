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
  record Candidate(OfferId id, SeatCount left, boolean kept) {}

  private final Counter counter;
  private final OfferBook book;

  TrainSearch(Counter counter, OfferBook book) {
    this.counter = counter;
    this.book = book;
  }

  /** Offers that keep the whole wish first, then those that cannot keep the position. */
  List<Offer> match(Wish wish, int limit) {
    var rides =
        counter.timetable().between(wish.from(), wish.to()).stream()
            .filter(ride -> wish.allows(ride) && !counter.departed(ride, wish.date()))
            .toList();
    var kept = new ArrayList<Candidate>();
    var other = new ArrayList<Candidate>();
    boolean byTime = byTime(wish.sort());
    for (var ride : byTime ? sorted(rides, wish.sort()) : rides) {
      candidate(wish, ride).ifPresent(found -> (found.kept() ? kept : other).add(found));
      if (byTime && kept.size() == limit) {
        break;
      }
    }
    if (kept.isEmpty() && other.isEmpty()) {
      throw NothingFound.because(wish, rides.size(), counter);
    }
    if (!byTime) {
      kept.sort(bySeats(wish.sort()));
      other.sort(bySeats(wish.sort()));
    }
    kept.addAll(other);
    return kept.stream().limit(limit).map(found -> offer(wish, found)).toList();
  }

  /** The cheapest class that keeps the wish, else the cheapest with seats at all. */
  Optional<Candidate> candidate(Wish wish, Ride ride) {
    var run = new Run(ride.train(), ride.serviceDate(wish.date()));
    var seats = counter.seats(run);
    Candidate second = null;
    for (var seatClass : SeatClass.values()) {
      if (!ride.train().consist().has(seatClass)
          || (wish.seatClass() != null && wish.seatClass() != seatClass)) {
        continue;
      }
      var left = seats.count(seatClass, ride.segments());
      var merchant = counter.merchant().id();
      if (left.of(wish.position()) >= wish.passengers()) {
        var id =
            new OfferId(merchant, ride, wish.date(), seatClass, wish.position(), wish.passengers());
        return Optional.of(new Candidate(id, left, true));
      }
      if (second == null && left.total() >= wish.passengers()) {
        var id = new OfferId(merchant, ride, wish.date(), seatClass, null, wish.passengers());
        second = new Candidate(id, left, false);
      }
    }
    return Optional.ofNullable(second);
  }

  private Offer offer(Wish wish, Candidate found) {
    var position = wish.position();
    if (found.kept() || position == null) {
      return book.offer(found.id(), found.left(), null);
    }
    var en = position.label().en();
    var note =
        new Text(
            "Not enough %s seats are left for %d.".formatted(en, wish.passengers()),
            "%s座位不足 %d 个。".formatted(position.label().zh(), wish.passengers()));
    return book.offer(found.id(), found.left(), note);
  }

  private static boolean byTime(Wish.Sort sort) {
    return switch (sort) {
      case EARLIEST, LATEST, FASTEST -> true;
      case CHEAPEST, QUIETEST -> false;
    };
  }

  private static List<Ride> sorted(List<Ride> rides, Wish.Sort sort) {
    return switch (sort) {
      case FASTEST ->
          rides.stream()
              .sorted(Comparator.comparingInt(Ride::minutes).thenComparing(Timetable.BY_DEPARTURE))
              .toList();
      case LATEST -> rides.reversed();
      case EARLIEST, CHEAPEST, QUIETEST -> rides;
    };
  }

  private Comparator<Candidate> bySeats(Wish.Sort sort) {
    Comparator<Candidate> first =
        sort == Wish.Sort.CHEAPEST
            ? Comparator.comparingLong(found -> counter.tariff().total(found.id()))
            : Comparator.comparingInt(found -> found.left().fullness());
    return first.thenComparing(found -> found.id().ride(), Timetable.BY_DEPARTURE);
  }
}
