package org.actsandbox.web.console.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.EntryNarrator;

/**
 * Offers side by side as bars: what the goods cost, fees stacked on them, what coupons and sales
 * take off outlined at the end. Widths are percent of the picture.
 */
public record PricePicture(int height, List<Bar> bars) {

  private static final int ROW = 40;

  /** Room for the amount behind the longest bar. */
  private static final double WIDEST = 78;

  /**
   * @param end where the bar ends, for the amount behind it
   */
  public record Bar(Offer offer, int y, List<Part> parts, String end) {

    public Text merchant() {
      return EntryNarrator.nameOf(offer.merchantDid());
    }
  }

  /**
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
