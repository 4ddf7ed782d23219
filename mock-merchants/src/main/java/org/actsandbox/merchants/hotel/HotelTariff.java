package org.actsandbox.merchants.hotel;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.LongStream;
import org.actsandbox.merchants.shelf.PriceAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * What a platform asks for a stay: a rate by house, room, season and weekday, and its fee.
 *
 * @param feePercent service fee on everything else
 * @param lowest the platform's own rates in per cent of the house's, at least; likewise {@code
 *     highest}
 */
record HotelTariff(SeededRandom draw, int feePercent, int lowest, int highest) {

  /** The house sells directly: near its own rates, no fee. */
  static HotelTariff direct(SeededRandom seededRandom) {
    return new HotelTariff(seededRandom, 0, 97, 105);
  }

  /** A reseller has better rates for many houses and takes a fee. */
  static HotelTariff reseller(SeededRandom seededRandom) {
    return new HotelTariff(seededRandom, 4, 89, 104);
  }

  PriceSum price(Stay stay, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    var sum = new PriceSum();
    for (LocalDate night : stay.dates()) {
      sum.add("base", nightLabel(night, stay.rooms()), base(stay, night, activeAdjustments));
    }
    if (stay.plan().breakfast()) {
      long breakfasts = (long) stay.guests() * stay.nights();
      sum.add(
          "breakfast",
          new Text(breakfasts + " breakfasts", "早餐 " + breakfasts + " 份"),
          breakfast(stay));
    }
    if (feePercent > 0) {
      sum.add(
          "fee",
          new Text("Service fee " + feePercent + " %", "服务费 " + feePercent + "%"),
          fee(sum.fen()));
    }
    return sum;
  }

  /** The total of {@link #price} without its words: a search compares many more than it shows. */
  long fen(Stay stay, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    long fen = breakfast(stay);
    for (LocalDate night : stay.dates()) {
      fen += base(stay, night, activeAdjustments);
    }
    return fen + fee(fen);
  }

  private long base(
      Stay stay, LocalDate night, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    long listed = listed(stay, night);
    long each =
        activeAdjustments.isEmpty()
            ? listed
            : activeAdjustments.apply(stay.hotel().id(), stay.adjustmentKey(), listed);
    return each * stay.rooms();
  }

  private static long breakfast(Stay stay) {
    return stay.plan().breakfast()
        ? stay.hotel().breakfastFen() * stay.guests() * stay.nights()
        : 0;
  }

  private long fee(long fen) {
    return Money.fen(fen).percent(BigDecimal.valueOf(feePercent)).minorUnits();
  }

  /** One room, one night, before anybody moved the price; whole yuan. */
  long listed(Stay stay, LocalDate night) {
    var hotel = stay.hotel();
    long percents =
        LongStream.of(
                stay.room().percent(),
                stay.plan().percent(),
                hotel.city().percentIn(night.getMonth()),
                weekday(night),
                draw.between("rate" + hotel.id(), lowest, highest))
            .reduce(1, (product, percent) -> product * percent);
    return hotel.baseFen() * (percents / 10_000) / 1_000_000 / 100 * 100;
  }

  /** Where the catalog's "from" price starts: the cheapest room on a plain weekday. */
  long from(Hotel hotel, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    var cheapest = hotel.rooms().getFirst();
    long listed =
        hotel.baseFen()
            * cheapest.percent()
            * RatePlan.ROOM_FIRM.percent()
            * draw.between("rate" + hotel.id(), lowest, highest)
            / 1_000_000
            / 100
            * 100;
    return activeAdjustments.apply(hotel.id(), hotel.id(), listed);
  }

  private static int weekday(LocalDate night) {
    return switch (night.getDayOfWeek()) {
      case FRIDAY -> 116;
      case SATURDAY -> 124;
      case SUNDAY -> 98;
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY -> 100;
    };
  }

  private static Text nightLabel(LocalDate night, int rooms) {
    var en = "Night of " + night + (rooms == 1 ? "" : ", " + rooms + " rooms");
    var zh =
        "%d月%d日房费%s"
            .formatted(
                night.getMonthValue(), night.getDayOfMonth(), rooms == 1 ? "" : "，" + rooms + " 间");
    return new Text(en, zh);
  }
}
