package org.actsandbox.merchants.train;

import java.time.LocalDate;

/** Represents one train on the day on which it sets out: the unit by which seats are kept. */
record TrainRun(Train train, LocalDate serviceDate) {

  /** Returns a compact unique key; hashing whole trains would cost more than the search. */
  long key() {
    return serviceDate.toEpochDay() << 16 | train.ordinal();
  }
}
