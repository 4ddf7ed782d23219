package org.actsandbox.protocol.delegation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The time span, both ends included, in which the purchase must be delivered or begin.
 *
 * <p>Ours, because the standard leaves the format of {@code delivery_time_requirement} to
 * implementers: an ISO 8601 interval, in which {@code ..} is an open side.
 */
public record DeliveryWindow(Instant from, Instant until) {

  private static final String OPEN = "..";

  /** Returns empty if the text is not such an interval. */
  public static Optional<DeliveryWindow> parse(String text) {
    var sides = text.split("/", -1);
    if (sides.length != 2 || text.length() > 80) {
      return Optional.empty();
    }
    try {
      var time = new DeliveryWindow(side(sides[0], Instant.MIN), side(sides[1], Instant.MAX));
      return time.from.isAfter(time.until) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException notTime) {
      return Optional.empty();
    }
  }

  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && !moment.isAfter(until);
  }

  private static Instant side(String text, Instant open) {
    return text.equals(OPEN) ? open : OffsetDateTime.parse(text).toInstant();
  }
}
