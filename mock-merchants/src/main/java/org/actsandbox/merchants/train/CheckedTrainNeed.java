package org.actsandbox.merchants.train;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.actsandbox.merchants.train.timetable.StationOrCity;
import org.actsandbox.merchants.train.timetable.TrainType;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.jspecify.annotations.Nullable;

/** Represents a train need after its names were found and its values were checked. */
record CheckedTrainNeed(
    StationOrCity from,
    StationOrCity to,
    LocalDate date,
    @Nullable SeatClass seatClass,
    @Nullable SeatPosition position,
    @Nullable TrainType type,
    int passengers,
    Sort sort,
    Need.Train bounds) {

  static final String PATH = "context.explicit_needs[0]";

  enum Sort {
    EARLIEST,
    LATEST,
    FASTEST,
    CHEAPEST,
    QUIETEST;

    static Optional<Sort> of(String code) {
      return Arrays.stream(values())
          .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(code))
          .findFirst();
    }
  }

  /**
   * Finds the names of a need and checks its values.
   *
   * @throws Refusal {@code intent_malformed} for words that the protocol does not know, {@code
   *     no_match} for places without trains, {@code constraint_conflict} for wishes that no train
   *     can fulfil
   */
  static CheckedTrainNeed of(Need.Train need, RailBusiness railBusiness) {
    var mistakes = new MistakeCollector();
    checkValues(need, mistakes);
    mistakes.refuseAny();
    var checkedTrainNeed =
        new CheckedTrainNeed(
            place(need.from(), "from", railBusiness),
            place(need.to(), "to", railBusiness),
            need.date(),
            seatClass(need),
            position(need),
            type(need),
            need.passengers(),
            sort(need.sort()),
            need);
    checkedTrainNeed.check(railBusiness);
    return checkedTrainNeed;
  }

  static void checkValues(Need.Train need, MistakeCollector mistakes) {
    mistakes.check(() -> checkPassengers(need.passengers()));
    mistakes.check(() -> seatClass(need));
    mistakes.check(() -> position(need));
    mistakes.check(() -> type(need));
    mistakes.check(() -> sort(need.sort()));
  }

  private static void checkPassengers(int passengers) {
    if (passengers < 1 || passengers > TrainOfferId.MAX_PASSENGERS) {
      throw malformed(
          "passengers", String.valueOf(passengers), "1 to " + TrainOfferId.MAX_PASSENGERS);
    }
  }

  /** Says whether a ride keeps the type of train and the times of the need. */
  boolean allows(Ride ride) {
    int depart = ride.departMinute();
    int arrive = ride.arriveMinute();
    return (type == null || ride.train().type() == type)
        && notBefore(depart, bounds.departAfter())
        && notAfter(depart, bounds.departBefore())
        && notBefore(arrive, bounds.arriveAfter())
        && notAfter(arrive, bounds.arriveBefore());
  }

  private static boolean notBefore(int minute, @Nullable LocalTime bound) {
    return bound == null || minute * 60 >= bound.toSecondOfDay();
  }

  private static boolean notAfter(int minute, @Nullable LocalTime bound) {
    return bound == null || minute * 60 <= bound.toSecondOfDay();
  }

  private void check(RailBusiness railBusiness) {
    var today = railBusiness.today();
    if (date.isBefore(today) || date.isAfter(today.plusDays(RailBusiness.DAYS_AHEAD))) {
      throw conflict(
              "date",
              date.isBefore(today) ? "that day is over" : "tickets for that day are not sold yet")
          .expected("%s to %s".formatted(today, today.plusDays(RailBusiness.DAYS_AHEAD)))
          .observed(date.toString())
          .remedy("Choose a day in that range.");
    }
    if (from.stations().stream().anyMatch(to.stations()::contains)) {
      throw conflict("to", "the journey ends where it begins")
          .observed(to.name().en())
          .remedy("Name another destination.");
    }
    if (position == SeatPosition.MIDDLE && seatClass != null && seatClass != SeatClass.SECOND) {
      throw conflict("position", "only second class has middle seats")
          .expected("window | aisle, or second class")
          .remedy("Leave out the position, or choose second class.");
    }
  }

  private static StationOrCity place(String name, String field, RailBusiness railBusiness) {
    var stationDirectory = railBusiness.timetable().stationDirectory();
    return stationDirectory
        .find(name)
        .orElseThrow(
            () -> {
              var similar =
                  stationDirectory.similar(name).stream().map(p -> p.name().en()).toList();
              return new Refusal(Problem.NO_MATCH, "no station or city of this name has trains")
                  .at(PATH + "." + field)
                  .observed(name)
                  .remedy(
                      similar.isEmpty()
                          ? "Name a city such as Shanghai, Hangzhou, Beijing or Guangzhou."
                          : "Did you mean " + String.join(", ", similar) + "?");
            });
  }

  private static @Nullable SeatClass seatClass(Need.Train need) {
    return read(need.seatClass(), SeatClass::of, "seat_class", "second | first | business");
  }

  private static @Nullable SeatPosition position(Need.Train need) {
    return read(need.position(), SeatPosition::of, "position", "window | middle | aisle");
  }

  private static @Nullable TrainType type(Need.Train need) {
    return read(need.trainType(), TrainType::of, "train_type", "G | D | K");
  }

  private static Sort sort(@Nullable String code) {
    var read = read(code, Sort::of, "sort", "earliest | latest | fastest | cheapest | quietest");
    return read == null ? Sort.EARLIEST : read;
  }

  private static <T> @Nullable T read(
      @Nullable String code, Function<String, Optional<T>> reader, String field, String allowed) {
    if (code == null) {
      return null;
    }
    return reader.apply(code).orElseThrow(() -> malformed(field, code, allowed));
  }

  private static Refusal malformed(String field, String observed, String expected) {
    return new Refusal(Problem.INTENT_MALFORMED, field + " of the train need is not usable")
        .at(PATH + "." + field)
        .expected(expected)
        .observed(observed);
  }

  private static Refusal conflict(String field, String detail) {
    return new Refusal(Problem.CONSTRAINT_CONFLICT, detail).at(PATH + "." + field);
  }
}
