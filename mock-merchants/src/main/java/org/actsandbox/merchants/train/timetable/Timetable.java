package org.actsandbox.merchants.train.timetable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Holds the day's trains, which are the same every day, in every world and for both platforms. It
 * is immutable, loaded once, and indexes every ride by its two stations.
 */
public final class Timetable {

  private final StationDirectory stationDirectory;
  private final List<Train> trains;
  private final Map<String, Train> byNumber = new HashMap<>();

  /** The rides by both stations, each list sorted by departure. */
  private final Map<Integer, List<Ride>> rides;

  Timetable(StationDirectory stationDirectory, List<Train> trains) {
    this.stationDirectory = stationDirectory;
    this.trains = List.copyOf(trains);
    for (var train : trains) {
      if (byNumber.put(train.number(), train) != null) {
        throw new IllegalStateException("train number twice: " + train.number());
      }
    }
    rides = index();
  }

  public static Timetable shared() {
    return Shared.TIMETABLE;
  }

  public StationDirectory stationDirectory() {
    return stationDirectory;
  }

  public List<Train> trains() {
    return trains;
  }

  public Optional<Train> train(String number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** Returns the ride of a train between two stations, if it calls at both in this order. */
  public Optional<Ride> ride(Train train, Station from, Station to) {
    for (var ride : between(from, to)) {
      if (ride.train().ordinal() == train.ordinal()) {
        return Optional.of(ride);
      }
    }
    return Optional.empty();
  }

  /** Returns the rides between two stations, sorted by departure. */
  List<Ride> between(Station from, Station to) {
    return rides.getOrDefault(key(from, to), List.of());
  }

  /**
   * Returns every train's shortest ride from one place to another, sorted by departure. A train
   * that calls at two stations of a city counts once.
   */
  public List<Ride> between(StationOrCity from, StationOrCity to) {
    if (from.stations().size() == 1 && to.stations().size() == 1) {
      return between(from.stations().getFirst(), to.stations().getFirst());
    }
    var best = new HashMap<Integer, Ride>();
    for (var start : from.stations()) {
      for (var end : to.stations()) {
        for (var ride : between(start, end)) {
          best.merge(ride.train().ordinal(), ride, (a, b) -> a.minutes() <= b.minutes() ? a : b);
        }
      }
    }
    var sorted = new ArrayList<>(best.values());
    sorted.sort(BY_DEPARTURE);
    return sorted;
  }

  public static final Comparator<Ride> BY_DEPARTURE =
      Comparator.comparingInt(Ride::departMinute).thenComparing(r -> r.train().ordinal());

  private Map<Integer, List<Ride>> index() {
    var index = new HashMap<Integer, List<Ride>>();
    for (var train : trains) {
      for (int a = 0; a < train.segments(); a++) {
        for (int b = a + 1; b < train.stops().size(); b++) {
          var ride = new Ride(train, a, b);
          int key = key(ride.from().station(), ride.to().station());
          index.computeIfAbsent(key, _ -> new ArrayList<>()).add(ride);
        }
      }
    }
    index.replaceAll((_, list) -> list.stream().sorted(BY_DEPARTURE).toList());
    return index;
  }

  private int key(Station from, Station to) {
    return from.index() * stationDirectory.stations().size() + to.index();
  }

  private static final class Shared {
    static final Timetable TIMETABLE = load();

    private static Timetable load() {
      var stationDirectory =
          StationDirectory.read(DataFileReader.read(Timetable.class, "stations.txt"));
      return new Timetable(
          stationDirectory,
          new TimetableReader(stationDirectory)
              .trains(WordLists.lines(Timetable.class, "lines.txt")));
    }
  }
}
