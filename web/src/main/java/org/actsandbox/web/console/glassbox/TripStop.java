package org.actsandbox.web.console.glassbox;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;

/**
 * Says when something happens on a trip.
 *
 * @param kind train, hotel or shop
 * @param time null for what has a day and no time
 * @param about the time by which the stops of a day are sorted
 */
public record TripStop(
    String kind,
    LocalDate day,
    @Nullable OffsetDateTime time,
    LocalTime about,
    String title,
    List<String> details) {

  /** Ours: guests leave before this time; the merchant states only the day. */
  private static final LocalTime CHECK_OUT = LocalTime.of(11, 0);

  /** Ours: guests arrive after this time. */
  private static final LocalTime CHECK_IN = LocalTime.of(15, 0);

  private static final Comparator<TripStop> IN_ORDER =
      Comparator.comparing(TripStop::day).thenComparing(TripStop::about);

  /**
   * Returns the itinerary of what was delivered in a conversation. It is empty where no journey and
   * no stay is among it, and for a single journey, whose ticket says the same.
   */
  static List<TripStop> of(List<PurchaseView> purchases, PageText words) {
    var deliveries =
        purchases.stream().map(PurchaseView::delivery).filter(each -> each != null).toList();
    boolean travels =
        deliveries.stream()
            .anyMatch(each -> each instanceof Delivery.Train || each instanceof Delivery.Hotel);
    if (!travels || deliveries.size() < 2) {
      return List.of();
    }
    return deliveries.stream().flatMap(each -> stops(each, words)).sorted(IN_ORDER).toList();
  }

  private static Stream<TripStop> stops(Delivery delivery, PageText words) {
    return switch (delivery) {
      case Delivery.Train train -> Stream.of(train(train, words));
      case Delivery.Hotel hotel ->
          Stream.of(
              new TripStop(
                  "hotel",
                  hotel.checkIn(),
                  null,
                  CHECK_IN,
                  words.say("trip.checkin", words.text(hotel.hotel())),
                  List.of(words.text(hotel.room()))),
              new TripStop(
                  "hotel",
                  hotel.checkOut(),
                  null,
                  CHECK_OUT,
                  words.say("trip.checkout", words.text(hotel.hotel())),
                  List.of()));
      case Delivery.Shop shop ->
          Stream.of(
              new TripStop(
                  "shop",
                  shop.promisedBy().toLocalDate(),
                  shop.promisedBy(),
                  shop.promisedBy().toLocalTime(),
                  words.say(
                      "trip.parcel",
                      words.time(shop.promisedBy()),
                      shop.items().stream()
                          .map(item -> words.text(item.product()))
                          .collect(Collectors.joining(", "))),
                  List.of()));
      case Delivery.Service _ -> Stream.of();
    };
  }

  private static TripStop train(Delivery.Train train, PageText words) {
    var details = new ArrayList<String>();
    details.add(words.say("trip.arrives", words.time(train.arrives())));
    for (var seat : train.seats()) {
      details.add(
          words.say(
              "trip.seat",
              seat.carriage() + "-" + seat.seat(),
              words.say("seat.position." + seat.position())));
    }
    return new TripStop(
        "train",
        train.departs().toLocalDate(),
        train.departs(),
        train.departs().toLocalTime(),
        words.say("trip.train", train.trainNo(), words.text(train.from()), words.text(train.to())),
        List.copyOf(details));
  }
}
