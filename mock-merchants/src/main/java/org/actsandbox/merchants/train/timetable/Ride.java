package org.actsandbox.merchants.train.timetable;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Represents a stretch of one train, between two of its stops. */
public record Ride(Train train, int fromStop, int toStop) {

  public static final int DAY = 24 * 60;

  public Train.Stop from() {
    return train.stops().get(fromStop);
  }

  public Train.Stop to() {
    return train.stops().get(toStop);
  }

  /**
   * Returns one bit per segment of the stretch; a seat is free on it if none of these bits is
   * taken.
   */
  public int segments() {
    return ((1 << toStop) - 1) & -(1 << fromStop);
  }

  public int km() {
    return to().km() - from().km();
  }

  public int minutes() {
    return to().arrive() - from().depart();
  }

  /** Returns the departure in minutes after midnight of the day on which the traveller boards. */
  public int departMinute() {
    return from().depart() % DAY;
  }

  /**
   * Returns the arrival in minutes after midnight of the day on which the traveller boards; it may
   * exceed {@link #DAY}.
   */
  public int arriveMinute() {
    return departMinute() + minutes();
  }

  /**
   * Returns the day on which the train sets out, for a traveller who boards on {@code boarding}.
   */
  public LocalDate serviceDate(LocalDate boarding) {
    return boarding.minusDays(from().depart() / DAY);
  }

  public OffsetDateTime departs(LocalDate boarding, ZoneId zone) {
    return at(boarding, departMinute(), zone);
  }

  public OffsetDateTime arrives(LocalDate boarding, ZoneId zone) {
    return at(boarding, arriveMinute(), zone);
  }

  private static OffsetDateTime at(LocalDate date, int minute, ZoneId zone) {
    return date.atStartOfDay().plusMinutes(minute).atZone(zone).toOffsetDateTime();
  }
}
