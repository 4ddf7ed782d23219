package org.actsandbox.web.console.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * Draws the prices of offers as bars: the price of the goods, then the fees, and outlined at the
 * end the discounts by coupons and sales. Widths are percent of the picture.
 */
public record PricePicture(int height, List<Bar> bars) {

  private static final int ROW = 40;

  /** Width of the longest bar, which leaves room for the amount behind it. */
  private static final double WIDEST = 78;

  /**
   * Is the bar of one offer.
   *
   * @param y top in pixels
   * @param end end of the bar, where the amount is written
   */
  public record Bar(Offer offer, int y, List<Part> parts, String end) {}

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
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < offers.size(); i++) {
      bars.add(bar(offers.get(i), i * ROW, longest));
    }
    return new PricePicture(offers.size() * ROW, List.copyOf(bars));
  }

  private static Bar bar(Offer offer, int y, BigDecimal longest) {
    var parts = new ArrayList<Part>();
    double x = 0;
    for (var line : offer.lines()) {
      var amount = new BigDecimal(line.amount());
      if (amount.signum() > 0) {
        double width = share(amount, longest);
        var kind = line.type().equals("base") ? "base" : "plus";
        parts.add(part(kind, x, width, line));
        x += width;
      }
    }
    double end = x;
    for (var line : offer.lines()) {
      var amount = new BigDecimal(line.amount());
      if (amount.signum() < 0) {
        double width = share(amount.negate(), longest);
        x -= width;
        parts.add(part("minus", x, width, line));
      }
    }
    return new Bar(offer, y, List.copyOf(parts), DiagramLanes.percent(end + 1.5));
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
