package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.DayWords;
import org.actsandbox.merchants.train.seat.SeatCount;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.Station;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Writes train offers and reads their ids back. */
final class TrainOffers {

  static final Duration PRICE_VALIDITY = Duration.ofMinutes(10);

  private final RailBusiness railBusiness;

  TrainOffers(RailBusiness railBusiness) {
    this.railBusiness = railBusiness;
  }

  /**
   * Reads the id of an offer that may still be bought; it does not check for free seats.
   *
   * @throws Refusal {@code not_found}, {@code offer_expired}
   */
  TrainOfferId requireCurrent(String offerId) {
    var id = read(offerId);
    var today = railBusiness.today();
    if (id.boarding().isAfter(today.plusDays(RailBusiness.DAYS_AHEAD))) {
      throw unknown(offerId);
    }
    if (id.boarding().isBefore(today) || railBusiness.departed(id.ride(), id.boarding())) {
      throw new Refusal(Problem.OFFER_EXPIRED, id.train().number() + " has left")
          .at("offer_id")
          .observed(offerId)
          .remedy("Ask for offers at a later time.");
    }
    return id;
  }

  /**
   * Reads the id of an offer, past or present.
   *
   * @throws Refusal {@code not_found}
   */
  TrainOfferId read(String offerId) {
    return TrainOfferId.parse(offerId, railBusiness.merchant().id(), railBusiness.timetable())
        .orElseThrow(() -> unknown(offerId));
  }

  Offer offer(TrainOfferId id, SeatCount left, @Nullable Text note) {
    var merchant = railBusiness.merchant();
    return new Offer(
        id.text(),
        id.itemId(),
        merchant.id(),
        merchant.did().value(),
        MerchantKind.TRAIN,
        title(id),
        id.train().type().label(),
        id.passengers(),
        railBusiness.tariff().lines(id),
        Money.fen(railBusiness.tariff().total(id)).decimal(),
        "CNY",
        left.of(id.position()),
        validUntil(id),
        "catalog/" + id.itemId(),
        details(id, left),
        railBusiness.terms().policy(),
        note);
  }

  LineFacts facts(TrainOfferId id) {
    var ride = id.ride();
    var zone = railBusiness.world().zone();
    var train = id.train();
    var seatPosition = id.position();
    return new LineFacts(
        MerchantKind.TRAIN,
        List.of(train.number()),
        List.of(train.type().name(), train.type().label().en(), train.type().label().zh()),
        names(ride.from().station()),
        names(ride.to().station()),
        null,
        id.boarding(),
        ride.departs(id.boarding(), zone).toLocalTime(),
        ride.arrives(id.boarding(), zone).toLocalTime(),
        id.seatClass().code(),
        seatPosition == null ? null : seatPosition.code(),
        null,
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

  /** Returns what an order gets back at {@code now}; a platform may keep its fee. */
  Money refundable(TrainOfferId id, Money total, Money fee, Instant now) {
    var departure = id.ride().departs(id.boarding(), railBusiness.world().zone()).toInstant();
    BigDecimal percent = RefundSchedule.percent(departure, now);
    var fare = fee.moreThan(total) ? Money.zero(total.currency()) : total.minus(fee);
    return (railBusiness.terms().keepsFee() ? fare : total).percent(percent);
  }

  private Instant validUntil(TrainOfferId id) {
    var held = railBusiness.now().plus(PRICE_VALIDITY);
    var departure = id.ride().departs(id.boarding(), railBusiness.world().zone()).toInstant();
    return held.isBefore(departure) ? held : departure;
  }

  private OfferDetails.Train details(TrainOfferId id, SeatCount left) {
    var ride = id.ride();
    var zone = railBusiness.world().zone();
    var seatPosition = id.position();
    return new OfferDetails.Train(
        id.train().number(),
        ride.from().station().name(),
        ride.to().station().name(),
        ride.departs(id.boarding(), zone),
        ride.arrives(id.boarding(), zone),
        ride.minutes(),
        id.seatClass().code(),
        left.byPosition(),
        seatPosition == null ? null : seatPosition.code());
  }

  private static Text title(TrainOfferId id) {
    var position = id.position();
    return title(id, position == null ? List.of() : List.of(position.label()));
  }

  /** Returns the title of an order with these seats, which names them instead of a position. */
  static Text titleWithSeats(TrainOfferId id, List<Integer> seats) {
    var composition = id.train().composition();
    return title(
        id,
        seats.stream()
            .map(
                seat -> {
                  var position = composition.position(seat).label();
                  var name = composition.fullLabel(seat);
                  return new Text(
                      "seat " + name + " (" + position.en() + ")",
                      name + "（" + position.zh() + "）");
                })
            .toList());
  }

  private static Text title(TrainOfferId id, List<Text> places) {
    return new Text(title(id, places, "en", ", "), title(id, places, "zh", " "));
  }

  private static String title(TrainOfferId id, List<Text> places, String lang, String separator) {
    var ride = id.ride();
    // Concatenated, because formatting would take a large part of the time of a search.
    var title =
        new StringBuilder()
            .append(id.train().number())
            .append(' ')
            .append(ride.from().station().name().in(lang))
            .append(" → ")
            .append(ride.to().station().name().in(lang))
            .append(separator)
            .append(DayWords.of(id.boarding(), lang))
            .append(' ')
            .append(clock(ride.departMinute()))
            .append('–')
            .append(clock(ride.arriveMinute()))
            .append(separator)
            .append(id.seatClass().label().in(lang));
    places.forEach(place -> title.append(separator).append(place.in(lang)));
    return title.toString();
  }

  /** Returns a time such as {@code 07:05}, or {@code 00:40+1} for the next day. */
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
