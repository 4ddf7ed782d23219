package org.actsandbox.merchants.train;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.jspecify.annotations.Nullable;

/**
 * Represents the id of a train offer, which encodes the whole offer: {@code
 * raileast.G7362.2026-11-26.HGH.SHH.second.window.1} is one window seat in second class. {@code
 * any} stands for no position.
 *
 * @param boarding the day on which the traveller boards, which is not always the day on which the
 *     train sets out
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
    var from = timetable.stationDirectory().byCode(part[3]);
    var to = timetable.stationDirectory().byCode(part[4]);
    var seatClass = SeatClass.of(part[5]);
    var seatPosition = SeatPosition.of(part[6]);
    if (train.isEmpty() || from.isEmpty() || to.isEmpty() || seatClass.isEmpty()) {
      return Optional.empty();
    }
    var ride = timetable.ride(train.get(), from.get(), to.get());
    var day = day(part[2]);
    if (ride.isEmpty()
        || day.isEmpty()
        || !train.get().composition().has(seatClass.get())
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
      // Only ten characters, because LocalDate would also read years of nine digits.
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

  /** Returns the id of the catalog entry, such as {@code raileast.G7362}. */
  String itemId() {
    return merchant + "." + train().number();
  }

  /**
   * Returns the stretch and class without position and passengers; price changes and stock use it
   * as their key.
   */
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
