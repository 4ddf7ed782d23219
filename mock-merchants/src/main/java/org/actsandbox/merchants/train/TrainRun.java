package org.actsandbox.merchants.train;

import java.time.LocalDate;

/** One train on the day it sets out: the unit its seats are kept by. */
record TrainRun(Train train, LocalDate serviceDate) {

  /** Compact and unique; hashing whole trains would cost more than the search. */
  long key() {
    return serviceDate.toEpochDay() << 16 | train.ordinal();
  }
}
