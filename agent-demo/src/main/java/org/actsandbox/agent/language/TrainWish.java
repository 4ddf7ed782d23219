package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * A train journey.
 *
 * @param from a city or station by its English name; likewise {@code to}
 * @param date the day, or the first of several that would do
 * @param latestDate the last of them; absent for a single day
 * @param departAfter inclusive local time; likewise the other three bounds
 * @param seatClass second | first | business
 * @param position window | middle | aisle
 * @param avoid positions and train types that are not wanted
 * @param trainType G | D | K
 * @param trainNo such as G7311, when a certain train was named
 * @param sort earliest | latest | cheapest | fastest | quietest | best, or closest to the middle of
 *     the hours of departure
 * @param maxPrice yuan per ticket, decimal
 */
public record TrainWish(
    @Nullable String from,
    @Nullable String to,
    @Nullable LocalDate date,
    @Nullable LocalDate latestDate,
    @Nullable LocalTime departAfter,
    @Nullable LocalTime departBefore,
    @Nullable LocalTime arriveAfter,
    @Nullable LocalTime arriveBefore,
    @Nullable String seatClass,
    @Nullable String position,
    List<String> avoid,
    int passengers,
    @Nullable String trainType,
    @Nullable String trainNo,
    @Nullable String sort,
    @Nullable String maxPrice)
    implements Wish {

  private static final List<String> SORTS =
      List.of("earliest", "latest", "cheapest", "fastest", "quietest");
  private static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);
  private static final List<String> TYPES = List.of("G", "D", "K");
  private static final List<String> POSITIONS = List.of("window", "aisle", "middle");

  /** More days than this are no wish but a question. */
  public static final int MAX_DAYS = 7;

  public TrainWish {
    avoid = List.copyOf(avoid);
    if (passengers < 1 || passengers > 99) {
      throw new IllegalArgumentException("passengers must be 1 to 99, was " + passengers);
    }
  }

  /** Nothing said points into the night, so that a train by day is meant. */
  public boolean byDay() {
    return departAfter == null
        && arriveAfter == null
        && trainNo == null
        && (departBefore == null || departBefore.isAfter(DAY_BEGINS))
        && (arriveBefore == null || arriveBefore.isAfter(DAY_BEGINS.plusHours(1)))
        && (sort == null || sort.equals("best") || sort.equals("closest"));
  }

  @Override
  public MerchantKind kindOf() {
    return MerchantKind.TRAIN;
  }

  @Override
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (from == null) {
      missing.add("from");
    }
    if (to == null) {
      missing.add("to");
    }
    if (date == null) {
      missing.add("date");
    }
    return missing;
  }

  @Override
  public List<Need> needs() {
    if (from == null || to == null || date == null) {
      throw new IllegalStateException("missing: " + missing());
    }
    var last = Objects.requireNonNullElse(latestDate, date);
    var needs = new ArrayList<Need>();
    var end = last.isBefore(date.plusDays(MAX_DAYS)) ? last : date.plusDays(MAX_DAYS - 1L);
    for (var day = date; !day.isAfter(end); day = day.plusDays(1)) {
      for (var type : types()) {
        for (var seat : positions()) {
          needs.add(need(from, to, day, type.orElse(null), seat.orElse(null)));
        }
      }
    }
    return needs;
  }

  /** A need can name one type, not what is unwanted: one need for each type that is left. */
  private List<Optional<String>> types() {
    if (trainType != null) {
      return List.of(Optional.of(trainType));
    }
    if (trainNo != null && TYPES.contains(trainNo.substring(0, 1))) {
      return List.of(Optional.of(trainNo.substring(0, 1)));
    }
    return left(TYPES);
  }

  /** Likewise, so that the merchant promises a seat that is not an unwanted one. */
  private List<Optional<String>> positions() {
    return position != null ? List.of(Optional.of(position)) : left(POSITIONS);
  }

  private List<Optional<String>> left(List<String> all) {
    boolean some = all.stream().anyMatch(avoid::contains) && !avoid.containsAll(all);
    return some
        ? all.stream().filter(each -> !avoid.contains(each)).map(Optional::of).toList()
        : List.of(Optional.empty());
  }

  private Need need(
      String origin,
      String destination,
      LocalDate day,
      @Nullable String type,
      @Nullable String seat) {
    return new Need.Train(
        origin,
        destination,
        day,
        departAfter,
        departBefore,
        arriveAfter,
        arriveBefore,
        seatClass,
        seat,
        type,
        passengers,
        // A certain train is looked for through the day, see Platforms.
        trainNo == null ? merchantSort() : "earliest");
  }

  /** What merchants can sort by; to be there by a time, the latest that is in time is wanted. */
  private @Nullable String merchantSort() {
    if (sort == null) {
      return arriveBefore == null ? null : "latest";
    }
    return SORTS.contains(sort) ? sort : null;
  }
}
