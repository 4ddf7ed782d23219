package org.actsandbox.merchants.hotel;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.actsandbox.merchants.shelf.DayWords;
import org.actsandbox.merchants.shelf.PriceAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Computes a platform's price of a stay: a rate by hotel, room, season and weekday, and the
 * platform's fee.
 *
 * @param feePercent the service fee in percent of all the rest
 * @param lowest the least that the platform's own rates are, in percent of the hotel's
 * @param highest the most that they are, in percent of the hotel's
 */
record HotelTariff(SeededRandom random, int feePercent, int lowest, int highest) {

  /**
   * Returns the tariff of a platform that sells for the hotels: near the hotels' own rates, without
   * a fee.
   */
  static HotelTariff direct(SeededRandom seededRandom) {
    return new HotelTariff(seededRandom, 0, 97, 105);
  }

  /** Returns the tariff of a reseller, which has better rates for many hotels and takes a fee. */
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

  /**
   * Returns the total of {@link #price} in fen, without the price lines: a search compares many
   * more stays than it shows.
   */
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
    long roomPrice =
        activeAdjustments.isEmpty()
            ? listed
            : activeAdjustments.apply(stay.hotel().id(), stay.adjustmentKey(), listed);
    return roomPrice * stay.rooms();
  }

  private static long breakfast(Stay stay) {
    return stay.plan().breakfast()
        ? stay.hotel().breakfastFen() * stay.guests() * stay.nights()
        : 0;
  }

  private long fee(long fen) {
    return Money.fen(fen).percent(BigDecimal.valueOf(feePercent)).minorUnits();
  }

  /** Returns the price of one room for one night before price changes, in fen; whole yuan. */
  long listed(Stay stay, LocalDate night) {
    var hotel = stay.hotel();
    long percents =
        (long) stay.room().percent()
            * stay.plan().percent()
            * hotel.city().percentIn(night.getMonth())
            * weekday(night)
            * random.between("rate" + hotel.id(), lowest, highest);
    return hotel.baseFen() * (percents / 10_000) / 1_000_000 / 100 * 100;
  }

  /** Returns the "from" price of the catalog in fen: the cheapest room on a plain weekday. */
  long lowestPrice(Hotel hotel, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    var cheapest = hotel.rooms().getFirst();
    long listed =
        hotel.baseFen()
            * cheapest.percent()
            * RatePlan.ROOM_FIRM.percent()
            * random.between("rate" + hotel.id(), lowest, highest)
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
    var en = "Night of " + DayWords.of(night, "en") + (rooms == 1 ? "" : ", " + rooms + " rooms");
    var zh = DayWords.of(night, "zh") + "房费" + (rooms == 1 ? "" : "，" + rooms + " 间");
    return new Text(en, zh);
  }
}
