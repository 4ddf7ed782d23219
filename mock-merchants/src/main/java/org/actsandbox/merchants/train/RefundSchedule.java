package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Defines what a returned ticket gives back, by the time that is left to departure. */
enum RefundSchedule {
  EARLY(Duration.ofDays(8), 100),
  TWO_DAYS(Duration.ofDays(2), 95),
  ONE_DAY(Duration.ofDays(1), 90),
  BEFORE_DEPARTURE(Duration.ZERO, 80);

  private final Duration moreThan;
  private final int percent;

  RefundSchedule(Duration moreThan, int percent) {
    this.moreThan = moreThan;
    this.percent = percent;
  }

  /** Returns the percentage of the fare that is paid back; 0 from the moment of departure on. */
  static BigDecimal percent(Instant departure, Instant now) {
    var left = Duration.between(now, departure);
    for (var step : values()) {
      if (left.compareTo(step.moreThan) > 0) {
        return BigDecimal.valueOf(step.percent);
      }
    }
    return BigDecimal.ZERO;
  }
}
