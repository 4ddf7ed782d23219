package org.actsandbox.web.console.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * Draws the prices of offers as bars: the price of the goods, then the fees, and striped at the end
 * the discounts by coupons and sales. Widths are percent of the picture.
 */
public record PricePicture(List<Bar> bars) {

  private static final double WIDEST = 100;

  /** The type of the price lines of the goods themselves, and their kind in a bar. */
  private static final String GOODS = "base";

  /**
   * Is the bar of one offer.
   *
   * @param gross what the offer would cost without its discounts; empty if it has none
   * @param fees sum of the fees; empty if it has none
   * @param deposit sum that goes back after the stay; empty if none is taken
   */
  public record Bar(Offer offer, List<Part> parts, String gross, String fees, String deposit) {}

  /**
   * Is one price line in a bar.
   *
   * @param kind base, plus or minus
   */
  public record Part(String kind, String x, String width, Text label, String amount) {}

  public static PricePicture of(List<Offer> offers) {
    var longest =
        offers.stream()
            .map(PricePicture::gross)
            .max(BigDecimal::compareTo)
            .filter(max -> max.signum() > 0)
            .orElse(BigDecimal.ONE);
    return new PricePicture(offers.stream().map(offer -> bar(offer, longest)).toList());
  }

  private static Bar bar(Offer offer, BigDecimal longest) {
    var parts = new ArrayList<Part>();
    double x = 0;
    for (var line : offer.lines()) {
      var amount = new BigDecimal(line.amount());
      if (amount.signum() > 0) {
        double width = share(amount, longest);
        parts.add(part(line.type().equals(GOODS) ? GOODS : "plus", x, width, line));
        x += width;
      }
    }
    for (var line : offer.lines()) {
      var amount = new BigDecimal(line.amount());
      if (amount.signum() < 0) {
        double width = share(amount.negate(), longest);
        x -= width;
        parts.add(part("minus", x, width, line));
      }
    }
    var gross = gross(offer);
    return new Bar(
        offer,
        List.copyOf(parts),
        gross.compareTo(new BigDecimal(offer.total())) == 0 ? "" : gross.toPlainString(),
        sum(offer, type -> !type.equals(GOODS) && !type.equals(Deposit.LINE)),
        sum(offer, Deposit.LINE::equals));
  }

  /** Adds up the price lines of some types that make the offer dearer; empty if there are none. */
  private static String sum(Offer offer, Predicate<String> ofType) {
    var sum =
        offer.lines().stream()
            .filter(line -> ofType.test(line.type()))
            .map(line -> new BigDecimal(line.amount()))
            .filter(amount -> amount.signum() > 0)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.signum() == 0 ? "" : sum.toPlainString();
  }

  private static Part part(String kind, double x, double width, Offer.PriceLine line) {
    return new Part(
        kind, DiagramLanes.percent(x), DiagramLanes.percent(width), line.label(), line.amount());
  }

  private static double share(BigDecimal amount, BigDecimal longest) {
    return amount.doubleValue() / longest.doubleValue() * WIDEST;
  }

  private static BigDecimal gross(Offer offer) {
    return offer.lines().stream()
        .map(line -> new BigDecimal(line.amount()))
        .filter(amount -> amount.signum() > 0)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
