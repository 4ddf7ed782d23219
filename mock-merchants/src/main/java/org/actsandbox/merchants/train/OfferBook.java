package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes offers, and reads offer ids back. */
final class OfferBook {

  static final Duration PRICE_HOLDS = Duration.ofMinutes(10);

  private final Counter counter;

  OfferBook(Counter counter) {
    this.counter = counter;
  }

  /**
   * The id of an offer that may still be bought, whatever seats are left.
   *
   * @throws Refusal {@code not_found}, {@code offer_expired}
   */
  OfferId current(String offerId) {
    var id = read(offerId);
    var today = counter.today();
    if (id.boarding().isAfter(today.plusDays(Counter.DAYS_AHEAD))) {
      throw unknown(offerId);
    }
    if (id.boarding().isBefore(today) || counter.departed(id.ride(), id.boarding())) {
      throw new Refusal(Problem.OFFER_EXPIRED, id.train().number() + " has left")
          .at("offer_id")
          .observed(offerId)
          .remedy("Ask for offers at a later time.");
    }
    return id;
  }

  /** The id, past or present. */
  OfferId read(String offerId) {
    return OfferId.parse(offerId, counter.merchant().id(), counter.timetable())
        .orElseThrow(() -> unknown(offerId));
  }

  Offer offer(OfferId id, SeatCount left, @Nullable Text note) {
    var merchant = counter.merchant();
    return new Offer(
        id.text(),
        id.itemId(),
        merchant.id(),
        merchant.did().value(),
        Kind.TRAIN,
        title(id),
        id.train().type().label(),
        id.passengers(),
        counter.tariff().lines(id),
        Money.fen(counter.tariff().total(id)).decimal(),
        "CNY",
        left.of(id.position()),
        validUntil(id),
        "catalog/" + id.itemId(),
        details(id, left),
        counter.terms().policy(),
        note);
  }

  LineFacts facts(OfferId id) {
    var ride = id.ride();
    var zone = counter.world().zone();
    var train = id.train();
    var position = id.position();
    return new LineFacts(
        Kind.TRAIN,
        List.of(train.number()),
        List.of(train.type().name(), train.type().label().en(), train.type().label().zh()),
        names(ride.from().station()),
        names(ride.to().station()),
        null,
        id.boarding(),
        ride.departs(id.boarding(), zone).toLocalTime(),
        ride.arrives(id.boarding(), zone).toLocalTime(),
        id.seatClass().code(),
        position == null ? null : position.code(),
        null,
        null,
        null,
        null,
        null);
  }

  private static List<String> names(Station station) {
    return Stream.of(station.name(), station.city())
        .flatMap(name -> Stream.of(name.en(), name.zh()))
        .distinct()
        .toList();
  }

  /** What an order paid for tickets without the platform's own fee. */
  Money refundable(OfferId id, Money total, Money fee, Instant now) {
    var departure = id.ride().departs(id.boarding(), counter.world().zone()).toInstant();
    BigDecimal percent = RefundSchedule.percent(departure, now);
    var fare = fee.moreThan(total) ? Money.zero(total.currency()) : total.minus(fee);
    return (counter.terms().keepsFee() ? fare : total).percent(percent);
  }

  private Instant validUntil(OfferId id) {
    var held = counter.now().plus(PRICE_HOLDS);
    var departure = id.ride().departs(id.boarding(), counter.world().zone()).toInstant();
    return held.isBefore(departure) ? held : departure;
  }

  private OfferDetails.Train details(OfferId id, SeatCount left) {
    var ride = id.ride();
    var zone = counter.world().zone();
    var position = id.position();
    return new OfferDetails.Train(
        id.train().number(),
        ride.from().station().name(),
        ride.to().station().name(),
        ride.departs(id.boarding(), zone),
        ride.arrives(id.boarding(), zone),
        ride.minutes(),
        id.seatClass().code(),
        left.byPosition(),
        position == null ? null : position.code());
  }

  private static Text title(OfferId id) {
    return new Text(title(id, "en", ", "), title(id, "zh", " "));
  }

  private static String title(OfferId id, String lang, String comma) {
    var ride = id.ride();
    var position = id.position();
    // Concatenation: formatting would be a good part of a search.
    return id.train().number()
        + " "
        + ride.from().station().name().in(lang)
        + " → "
        + ride.to().station().name().in(lang)
        + " "
        + clock(ride.departMinute())
        + "–"
        + clock(ride.arriveMinute())
        + comma
        + id.seatClass().label().in(lang)
        + (position == null ? "" : comma + position.label().in(lang));
  }

  /** {@code 07:05}; the next day's {@code 00:40+1}. */
  static String clock(int minute) {
    var text = twoDigits(minute / 60 % 24) + ":" + twoDigits(minute % 60);
    return minute < Ride.DAY ? text : text + "+" + minute / Ride.DAY;
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }

  private static Refusal unknown(String offerId) {
    return new Refusal(Problem.NOT_FOUND, "no offer has this id")
        .at("offer_id")
        .observed(offerId)
        .remedy("Take an offer id from an answer to an intent.");
  }
}
