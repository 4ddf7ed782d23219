package org.actsandbox.merchants.train;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An offer's id says all about it: {@code raileast.G7362.2026-11-26.HGH.SHH.second.window.1} is one
 * window seat in second class. {@code any} stands for no position.
 *
 * @param boarding the day the traveller boards, which is not always the day the train sets out
 */
record TrainOfferId(
    String merchant,
    Ride ride,
    LocalDate boarding,
    SeatClass seatClass,
    @Nullable SeatPosition position,
    int passengers) {

  static final int MAX_PASSENGERS = 9;
  static final int MAX_LENGTH = 128;
  private static final String ANY = "any";

  static Optional<TrainOfferId> parse(String text, String merchant, Timetable timetable) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var part = text.split("\\.", -1);
    if (part.length != 8 || !part[0].equals(merchant) || !part[7].matches("[1-9]")) {
      return Optional.empty();
    }
    var train = timetable.train(part[1]);
    var from = timetable.gazetteer().byCode(part[3]);
    var to = timetable.gazetteer().byCode(part[4]);
    var seatClass = SeatClass.of(part[5]);
    var seatPosition = SeatPosition.of(part[6]);
    if (train.isEmpty() || from.isEmpty() || to.isEmpty() || seatClass.isEmpty()) {
      return Optional.empty();
    }
    var ride = timetable.ride(train.get(), from.get(), to.get());
    var day = day(part[2]);
    if (ride.isEmpty()
        || day.isEmpty()
        || !train.get().consist().has(seatClass.get())
        || (seatPosition.isEmpty() && !part[6].equals(ANY))) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainOfferId(
            merchant,
            ride.get(),
            day.get(),
            seatClass.get(),
            seatPosition.orElse(null),
            Integer.parseInt(part[7])));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      // Ten characters: LocalDate alone would also read years of nine digits.
      return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }

  Train train() {
    return ride.train();
  }

  TrainRun run() {
    return new TrainRun(train(), ride.serviceDate(boarding));
  }

  /** {@code raileast.G7362}: the catalog entry. */
  String itemId() {
    return merchant + "." + train().number();
  }

  /** The stretch and class whoever travels on it, for prices and stock. */
  String stretchKey() {
    return String.join(
        ".",
        train().number(),
        boarding.toString(),
        ride.from().station().code(),
        ride.to().station().code(),
        seatClass.code());
  }

  String text() {
    var place = position == null ? ANY : position.code();
    return String.join(".", merchant, stretchKey(), place, String.valueOf(passengers));
  }
}
