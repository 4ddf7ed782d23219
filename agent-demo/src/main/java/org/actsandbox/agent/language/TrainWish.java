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
 * @param from the origin, a city or station by its English name
 * @param to the destination, in the same form
 * @param date the day, or the first of several possible days
 * @param latestDate the last possible day; absent for a single day
 * @param departAfter the earliest departure, inclusive local time, as are the other three bounds
 * @param seatClass second | first | business
 * @param position window | middle | aisle
 * @param avoid positions and train types that are not wanted, and {@link #CHANGE}
 * @param trainType G | D | K
 * @param trainNo such as G7311, when the sentence names a train
 * @param sort earliest | latest | cheapest | fastest | quietest | best, or closest to the middle of
 *     the hours of departure
 * @param maxPrice yuan per ticket, decimal
 * @param otherwise the journey that is wished only if this one is not to be had
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
    @Nullable String maxPrice,
    @Nullable TrainWish otherwise)
    implements Wish {

  /** Is in {@code avoid} when the principal does not want to change trains. */
  public static final String CHANGE = "change";

  private static final List<String> SORTS =
      List.of("earliest", "latest", "cheapest", "fastest", "quietest");
  private static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);
  private static final LocalTime EVENING = LocalTime.of(18, 0);
  private static final List<String> TYPES = List.of("G", "D", "K");
  private static final List<String> POSITIONS = List.of("window", "aisle", "middle");

  /** A range of more days than this leads to a question. */
  public static final int MAX_DAYS = 7;

  public TrainWish {
    avoid = List.copyOf(avoid);
    if (passengers < 1 || passengers > 99) {
      throw new IllegalArgumentException("passengers must be 1 to 99, was " + passengers);
    }
  }

  /** Returns whether no detail points into the night, so that a train by day is meant. */
  public boolean byDay() {
    return departAfter == null
        && arriveAfter == null
        && trainNo == null
        && (departBefore == null || departBefore.isAfter(DAY_BEGINS))
        && (arriveBefore == null || arriveBefore.isAfter(DAY_BEGINS.plusHours(1)))
        && !"latest".equals(sort);
  }

  /** Returns whether an hour of the day was said, so that no ride through the night is meant. */
  public boolean meansDaytime() {
    return byDay()
        || (trainNo == null
            && arriveAfter == null
            && arriveBefore == null
            && departAfter != null
            && departAfter.isBefore(EVENING)
            && (sort == null || sort.equals("best") || sort.equals("closest")));
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

  /**
   * Returns the train types to ask for. A need can name one type and not an unwanted one, so there
   * is one need for each type that is left.
   */
  private List<Optional<String>> types() {
    if (trainType != null) {
      return List.of(Optional.of(trainType));
    }
    if (trainNo != null && TYPES.contains(trainNo.substring(0, 1))) {
      return List.of(Optional.of(trainNo.substring(0, 1)));
    }
    return withoutAvoided(TYPES);
  }

  /**
   * Returns the seat positions to ask for: one need for each position that is left, so that the
   * merchant promises a wanted seat.
   */
  private List<Optional<String>> positions() {
    return position != null ? List.of(Optional.of(position)) : withoutAvoided(POSITIONS);
  }

  private List<Optional<String>> withoutAvoided(List<String> all) {
    boolean isPartial = all.stream().anyMatch(avoid::contains) && !avoid.containsAll(all);
    return isPartial
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
        // A certain train is searched through the day, see {@code TrainSearchPages} of the search.
        trainNo == null ? merchantSort() : "earliest");
  }

  /**
   * Returns a sort order that merchants know. For an arrival by a time, the latest train in time is
   * best, and else the earliest train, which the agent ranks first.
   */
  private @Nullable String merchantSort() {
    if (sort == null) {
      return arriveBefore == null ? "earliest" : "latest";
    }
    return SORTS.contains(sort) ? sort : null;
  }
}
