package org.actsandbox.merchants.train;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Represents a stretch of one train, between two of its stops. */
record Ride(Train train, int fromStop, int toStop) {

  static final int DAY = 24 * 60;

  Train.Stop from() {
    return train.stops().get(fromStop);
  }

  Train.Stop to() {
    return train.stops().get(toStop);
  }

  /**
   * Returns one bit per segment of the stretch; a seat is free on it if none of these bits is
   * taken.
   */
  int segments() {
    return ((1 << toStop) - 1) & -(1 << fromStop);
  }

  int km() {
    return to().km() - from().km();
  }

  int minutes() {
    return to().arrive() - from().depart();
  }

  /** Returns the departure in minutes after midnight of the day on which the traveller boards. */
  int departMinute() {
    return from().depart() % DAY;
  }

  /**
   * Returns the arrival in minutes after midnight of the day on which the traveller boards; it may
   * exceed {@link #DAY}.
   */
  int arriveMinute() {
    return departMinute() + minutes();
  }

  /**
   * Returns the day on which the train sets out, for a traveller who boards on {@code boarding}.
   */
  LocalDate serviceDate(LocalDate boarding) {
    return boarding.minusDays(from().depart() / DAY);
  }

  OffsetDateTime departs(LocalDate boarding, ZoneId zone) {
    return at(boarding, departMinute(), zone);
  }

  OffsetDateTime arrives(LocalDate boarding, ZoneId zone) {
    return at(boarding, arriveMinute(), zone);
  }

  private static OffsetDateTime at(LocalDate date, int minute, ZoneId zone) {
    return date.atStartOfDay().plusMinutes(minute).atZone(zone).toOffsetDateTime();
  }
}
