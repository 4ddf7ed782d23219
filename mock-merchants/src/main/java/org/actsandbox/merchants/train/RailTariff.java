package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeededNumbers;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.merchants.train.timetable.TrainType;
import org.actsandbox.protocol.commerce.Offer.PriceLine;
import org.actsandbox.protocol.commerce.Text;

/**
 * Computes the ticket prices of one rail merchant in one world. All amounts are in fen until they
 * become price lines.
 */
final class RailTariff {

  private static final int EARLY_UNTIL_MINUTE = 9 * 60;

  private final RailPlatformTerms railPlatformTerms;
  private final RailPriceAdjustments priceAdjustments;
  private final long seed;

  RailTariff(
      RailPlatformTerms railPlatformTerms, RailPriceAdjustments priceAdjustments, long seed) {
    this.railPlatformTerms = railPlatformTerms;
    this.priceAdjustments = priceAdjustments;
    this.seed = seed;
  }

  /** Returns the railway's price of one ticket in fen, in steps of half a yuan. */
  static long base(TrainType type, int km, SeatClass seatClass) {
    long exact = (long) km * type.fenPerKm * seatClass.priceTenths;
    return Math.max(550, (exact + 250) / 500 * 50);
  }

  /** Returns the lowest price on a train in fen: its shortest leg, second class, with the fee. */
  long lowestPrice(Train train) {
    int shortest = Integer.MAX_VALUE;
    for (int i = 1; i < train.stops().size(); i++) {
      shortest = Math.min(shortest, train.stops().get(i).km() - train.stops().get(i - 1).km());
    }
    long base = base(train.type(), shortest, SeatClass.SECOND);
    return priceAdjustments
            .adjustmentForTrain(train.number())
            .map(change -> change.applyTo(base))
            .orElse(base)
        + railPlatformTerms.feeFen();
  }

  long total(TrainOfferId id) {
    long unit = unit(id);
    return id.passengers() * (unit - sale(id, unit) + railPlatformTerms.feeFen())
        - coupon(id, unit);
  }

  /** Returns the price lines; their amounts add up to {@link #total} exactly. */
  List<PriceLine> lines(TrainOfferId id) {
    long unit = unit(id);
    int n = id.passengers();
    var lines = new ArrayList<PriceLine>();
    var label = id.seatClass().label();
    lines.add(
        line(
            "base",
            n + " × " + id.train().number() + ", " + label.en(),
            n + " 张 " + id.train().number() + " " + label.zh(),
            n * unit));
    if (sale(id, unit) > 0) {
      lines.add(line("sale", "Early train sale, 10 % off", "早班车特惠九折", -n * sale(id, unit)));
    }
    if (railPlatformTerms.feeFen() > 0) {
      lines.add(
          line(
              "fee",
              "Service fee, " + n + " × 10.00",
              "服务费 " + n + " × 10.00",
              n * railPlatformTerms.feeFen()));
    }
    if (coupon(id, unit) > 0) {
      lines.add(line("coupon", "Coupon for this train", "本车次优惠券", -coupon(id, unit)));
    }
    return List.copyOf(lines);
  }

  private long unit(TrainOfferId id) {
    long base = base(id.train().type(), id.ride().km(), id.seatClass());
    return priceAdjustments.adjustmentFor(id).map(change -> change.applyTo(base)).orElse(base);
  }

  /**
   * Returns the reduction per passenger in fen: a tenth, in whole half yuans, on one early train in
   * three.
   */
  private long sale(TrainOfferId id, long unit) {
    boolean isOnSale =
        railPlatformTerms.earlySale()
            && id.ride().departMinute() < EARLY_UNTIL_MINUTE
            && SeededNumbers.pick(seed, "sale", id.run(), 3) == 0;
    return isOnSale ? unit / 500 * 50 : 0;
  }

  /**
   * Returns the coupon per order in fen: 5 to 20 yuan on one run in five, at most a fifth of a
   * ticket.
   */
  private long coupon(TrainOfferId id, long unit) {
    if (!railPlatformTerms.coupons() || SeededNumbers.pick(seed, "coupon", id.run(), 5) != 0) {
      return 0;
    }
    long face = 500 * (1L + SeededNumbers.pick(seed, "coupon-face", id.run(), 4));
    return Math.min(face, unit / 500 * 100);
  }

  private static PriceLine line(String type, String en, String zh, long fen) {
    return new PriceLine(type, new Text(en, zh), BigDecimal.valueOf(fen, 2).toPlainString());
  }
}
