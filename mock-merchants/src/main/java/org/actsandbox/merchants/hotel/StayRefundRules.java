package org.actsandbox.merchants.hotel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.actsandbox.protocol.commerce.Offer.PriceLine;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;

/**
 * Computes what a cancelled stay gives back: all of it until the deadline of free cancellation,
 * then all but the first night, after check-in all but the nights that have begun, and nothing for
 * a firm rate.
 */
final class StayRefundRules {

  private StayRefundRules() {}

  static Money refundable(Order order, Stay stay, Instant now, ZoneId zone) {
    var total = Money.of(order.total(), order.currency());
    var free = stay.cancellableUntil(zone);
    if (free == null) {
      return Money.zero(total.currency());
    }
    if (!now.isAfter(free.toInstant())) {
      return total;
    }
    return total.minus(kept(order, total, nightsKept(stay, now, zone)));
  }

  private static int nightsKept(Stay stay, Instant now, ZoneId zone) {
    var local = now.atZone(zone);
    int nightsBegun = 0;
    for (LocalDate night : stay.dates()) {
      if (!local.toLocalDateTime().isBefore(night.atTime(Hotel.CHECK_IN))) {
        nightsBegun++;
      }
    }
    return Math.max(1, nightsBegun);
  }

  /**
   * Returns the share of the kept nights in the whole price, breakfast and fee included, to the
   * fen.
   */
  private static Money kept(Order order, Money total, int nights) {
    List<BigDecimal> bases =
        order.price().stream()
            .filter(line -> line.type().equals("base"))
            .map(PriceLine::amount)
            .map(BigDecimal::new)
            .toList();
    var all = bases.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    var kept = bases.stream().limit(nights).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (all.signum() <= 0) {
      return total;
    }
    var share =
        BigDecimal.valueOf(total.minorUnits())
            .multiply(kept)
            .divide(all, 0, RoundingMode.HALF_UP)
            .longValueExact();
    return new Money(share, total.currency());
  }
}
