package org.actsandbox.merchants.train.timetable;

import java.time.LocalDate;

/** Represents one train on the day on which it sets out: the unit by which seats are kept. */
public record TrainRun(Train train, LocalDate serviceDate) {

  /** Returns a compact unique key; hashing whole trains would cost more than the search. */
  public long key() {
    return serviceDate.toEpochDay() << 16 | train.ordinal();
  }
}
