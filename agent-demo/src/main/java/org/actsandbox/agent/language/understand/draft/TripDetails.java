package org.actsandbox.agent.language.understand.draft;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.jspecify.annotations.Nullable;

/** Completes the wishes of one trip from each other: where, when and for how many people. */
public final class TripDetails {

  /** Ours: so long at least are the ways there and back on one day together. */
  private static final int HOURS_THERE = 4;

  private final List<WishDraft> drafts;

  private final DraftFindings findings;

  private TripDetails(List<WishDraft> drafts, DraftFindings findings) {
    this.drafts = drafts;
    this.findings = findings;
  }

  /**
   * Fills what is still open in each draft from the others.
   *
   * @param days length of the trip, when the sentence names it
   */
  public static void share(
      List<WishDraft> drafts, DraftFindings findings, @Nullable Integer days, int guests) {
    var tripDetails = new TripDetails(drafts, findings);
    tripDetails.hotels().forEach(tripDetails::hotel);
    tripDetails.trains().filter(t -> !t.back).forEach(tripDetails::train);
    tripDetails.goOn();
    tripDetails.trains().filter(t -> t.back).forEach(back -> tripDetails.back(back, days));
    tripDetails.endStays();
    tripDetails.keepFirstDay();
    tripDetails.sharePeople(guests);
    tripDetails.shareDelivery();
  }

  /**
   * Applies details to both journeys: "first class both ways" may have been read with either one.
   */
  public static void shareBothWays(List<WishDraft> drafts) {
    var trains = WishDraft.all(drafts, TrainDraft.class).toList();
    for (var train : trains) {
      for (var other : trains) {
        for (var slot : List.of("seatClass", "position", "trainType")) {
          train.set(slot, train.get(slot) == null ? other.get(slot) : train.get(slot));
        }
        if (!train.hasHours()) {
          train.departAfter = other.departAfter;
          train.departBefore = other.departBefore;
        }
      }
    }
  }

  /** Makes the first journey a simple one; a way back without it leads home from the stay. */
  public static void beginJourney(
      TrainDraft train, List<WishDraft> drafts, DraftFindings findings) {
    if (train.back && train.from == null && train.to == null) {
      new TripDetails(drafts, findings)
          .hotels()
          .filter(hotel -> hotel.city != null)
          .findFirst()
          .ifPresent(
              hotel -> {
                train.from = hotel.city;
                train.to = findings.home().map(Place::railDestination).orElse(null);
              });
    }
    train.back = false;
  }

  /** Applies to all wishes what the last clause of the sentence says of them together. */
  public static void shareLastClause(List<WishDraft> drafts, String text) {
    if (Details.KNOWN.fits("colour of all goods", text)) {
      shareColours(drafts);
    }
    if (Details.KNOWN.occurs("order of all journeys", text)) {
      shareOrder(drafts);
    }
  }

  /** Applies the one order that was said to all journeys. */
  private static void shareOrder(List<WishDraft> drafts) {
    var trains = WishDraft.all(drafts, TrainDraft.class).toList();
    var orders = trains.stream().map(t -> t.sort).filter(Objects::nonNull).distinct().toList();
    if (orders.size() == 1) {
      trains.forEach(train -> train.sort = orders.getFirst());
    }
  }

  /** Gives all goods the colours of the last: 三条毛巾两条浴巾，白色的. */
  private static void shareColours(List<WishDraft> drafts) {
    var shops = WishDraft.all(drafts, ShopDraft.class).toList();
    if (shops.isEmpty()) {
      return;
    }
    var last = shops.getLast();
    var colours = last.features.stream().filter(ShopWish::isColour).toList();
    var avoided = last.avoid.stream().filter(ShopWish::isColour).toList();
    shops.stream()
        .filter(
            shop ->
                Stream.concat(shop.features.stream(), shop.avoid.stream())
                    .noneMatch(ShopWish::isColour))
        .forEach(
            shop -> {
              shop.features.addAll(colours);
              shop.avoid.addAll(avoided);
            });
  }

  private Stream<TrainDraft> trains() {
    return WishDraft.all(drafts, TrainDraft.class);
  }

  private Stream<HotelDraft> hotels() {
    return WishDraft.all(drafts, HotelDraft.class);
  }

  private Optional<TrainDraft> outward() {
    return trains().filter(t -> !t.back).findFirst();
  }

  private void hotel(HotelDraft hotel) {
    var train = outward();
    if (train.isEmpty()) {
      return;
    }
    var to =
        train.get().to == null
            ? Optional.<Place>empty()
            : PlaceNames.china().findByWireName(train.get().to);
    if (hotel.city == null && to.isPresent()) {
      hotel.city = to.get().city();
    }
    if ("station".equals(hotel.near)
        && to.filter(p -> !p.isCity() && p.city().equals(hotel.city)).isPresent()) {
      hotel.near = to.get().wireName();
    }
    boolean isWeekend =
        hotel.checkIn != null
            && hotel.checkIn.getDayOfWeek() == DayOfWeek.SATURDAY
            && hotel.nightsOrOne() == 2
            && hotel.checkIn.minusDays(1).equals(train.get().date);
    // Two nights of a weekend with a train on Friday begin on Friday.
    if (hotel.checkIn == null || isWeekend) {
      hotel.checkIn = train.get().date;
      // "There on Saturday, a hotel until Monday" is the Monday after that Saturday.
      if (hotel.checkIn != null
          && hotel.checkOut != null
          && !hotel.checkOut.isAfter(hotel.checkIn)) {
        hotel.checkOut = hotel.checkOut.plusWeeks(1);
      }
    }
  }

  private void train(TrainDraft train) {
    var hotel = hotels().findFirst();
    if (hotel.isPresent()) {
      boolean isWayHome =
          train.to != null
              && (train.from == null || train.from.equals(train.to))
              && hotel.get().city != null
              && !hotel.get().city.equals(train.to)
              && findings
                  .home()
                  .filter(home -> home.railDestination().equals(train.to))
                  .isPresent();
      // After a night away, the train home starts where the hotel is.
      train.from = isWayHome ? hotel.get().city : train.from;
      train.to = train.to == null ? hotel.get().city : train.to;
      train.date = train.date == null ? hotel.get().checkIn : train.date;
      if (train.from == null && !findings.asks("from")) {
        findings
            .home()
            .filter(home -> !home.railDestination().equals(train.to))
            .ifPresent(home -> train.from = home.railDestination());
      }
    }
  }

  /** Lets a journey to the next city begin where and on the day that the one before it ends. */
  private void goOn() {
    var journeys = trains().filter(t -> !t.back).toList();
    for (int next = 1; next < journeys.size(); next++) {
      var before = journeys.get(next - 1);
      var journey = journeys.get(next);
      if (journey.goesOn && !Objects.equals(journey.to, before.to)) {
        journey.from = journey.isFromKnown ? journey.from : before.to;
        journey.date = journey.date == null ? before.date : journey.date;
      }
    }
  }

  private void back(TrainDraft back, @Nullable Integer days) {
    var out = trains().filter(t -> !t.back).reduce((_, last) -> last);
    if (out.isEmpty() || out.get().to == null) {
      return;
    }
    var outward = out.get();
    if (days != null && outward.latestDate != null && hotels().findAny().isEmpty()) {
      // Each day of the choice would have a way back of its own.
      findings.ask("date", Reason.AMBIGUOUS, outward.date + " / " + outward.latestDate);
    }
    back.from = back.from == null ? outward.to : back.from;
    // From the last of several cities in a row the way back leads to where the first one began.
    back.to = back.to == null ? outward().orElse(outward).from : back.to;
    if (back.date == null && outward.date != null && days != null) {
      back.date = outward.date.plusDays(Math.max(0, days - 1));
    }
    // 下周三去，周五回 means the Friday after that Wednesday.
    while (back.date != null
        && back.recurrence != null
        && outward.date != null
        && back.date.isBefore(outward.date)) {
      back.date = back.date.plus(back.recurrence);
    }
    var hotel = hotels().findFirst();
    if (back.date == null && hotel.isPresent() && hotel.get().checkOut != null) {
      back.date = hotel.get().checkOut;
    }
    if (back.date == null
        && hotel.isPresent()
        && hotel.get().nights != null
        && hotel.get().checkIn != null) {
      back.date = hotel.get().checkIn.plusDays(hotel.get().nights);
    }
    if (back.date == null
        && hotel.isEmpty()
        && outward.date != null
        && isLaterThatDay(back, outward)) {
      // "On Saturday morning, back in the evening" is one day, and so is "the last train home".
      back.date = outward.date;
    }
    var end = back.departBefore;
    if (end != null
        && end.isBefore(LocalTime.NOON)
        && outward.departAfter != null
        && Objects.equals(back.date, outward.date)
        && !Objects.requireNonNullElse(back.departAfter, end).isAfter(outward.departAfter)) {
      // "There at 9, back the same day at 6" means six in the evening.
      back.departBefore = end.plusHours(12);
      back.departAfter = back.departAfter == null ? null : back.departAfter.plusHours(12);
    }
    boolean sameDay = Objects.equals(back.date, outward.date);
    if (!back.hasHours() && (back.sort == null || sameDay) && back.trainNo == null) {
      // Ours: without an hour, the journey back begins at noon of its day.
      back.departAfter = LocalTime.NOON;
      findings.assume("assumed.return_noon");
    }

    back.seatClass = back.seatClass == null ? outward.seatClass : back.seatClass;
    back.position = back.position == null ? outward.position : back.position;
  }

  /** Returns whether the hours of the way back can be later on the day of the journey there. */
  private static boolean isLaterThatDay(TrainDraft back, TrainDraft outward) {
    var start = back.departAfter;
    if (start == null) {
      // 下午三点前要赶回来 is the day of the journey there, too; an hour of that journey leaves some hours.
      var end = back.arriveBefore == null ? back.departBefore : back.arriveBefore;
      return "latest".equals(back.sort)
          || (end != null
              && (outward.departAfter == null
                  ? end.isAfter(LocalTime.NOON)
                  : end.isAfter(LocalTime.of(HOURS_THERE, 0))
                      && end.minusHours(HOURS_THERE).isAfter(outward.departAfter)));
    }
    boolean isBare = back.departBefore != null && back.departBefore.isBefore(LocalTime.NOON);
    return outward.departAfter == null
        || (isBare && outward.departAfter.isBefore(LocalTime.NOON) ? start.plusHours(12) : start)
            .isAfter(outward.departAfter);
  }

  /** Ends a stay without a number of nights on the day of the journey back at the latest. */
  private void endStays() {
    var there = outward().map(out -> out.to);
    var back =
        trains()
            .filter(t -> t.date != null)
            .filter(t -> t.back || (t.from != null && there.filter(t.from::equals).isPresent()))
            .findFirst();
    hotels()
        .filter(h -> h.nights == null && back.isPresent() && isLater(h.checkOut, back.get().date))
        .filter(h -> h.checkIn == null || h.checkIn.isBefore(back.get().date))
        .forEach(h -> h.checkOut = back.get().date);
  }

  private static boolean isLater(@Nullable LocalDate end, @Nullable LocalDate back) {
    return end == null || (back != null && end.isAfter(back));
  }

  /** Applies one day of delivery to everything that is bought together. */
  private void shareDelivery() {
    var shops = WishDraft.all(drafts, ShopDraft.class).toList();
    var days = shops.stream().map(s -> s.deliverBy).filter(Objects::nonNull).distinct().toList();
    if (days.size() == 1 && shops.size() == drafts.size()) {
      shops.forEach(shop -> shop.deliverBy = days.getFirst());
    }
  }

  /**
   * Removes the choice of days: a weekend with a hotel has one day of departure, and it is the
   * first.
   */
  private void keepFirstDay() {
    if (hotels().findAny().isPresent()) {
      trains().forEach(train -> train.latestDate = null);
    }
  }

  private void sharePeople(int guests) {
    var travellers = trains().map(t -> t.passengers).filter(Objects::nonNull).findFirst();
    var sleepers = hotels().map(h -> h.guests).filter(Objects::nonNull).findFirst();
    trains()
        .filter(t -> t.passengers == null)
        .forEach(t -> t.passengers = travellers.or(() -> sleepers).orElse(1));
    hotels()
        .filter(h -> h.guests == null)
        .forEach(h -> h.guests = sleepers.or(() -> travellers).orElse(guests));
  }
}
