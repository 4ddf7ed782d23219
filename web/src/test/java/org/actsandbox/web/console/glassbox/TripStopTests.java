package org.actsandbox.web.console.glassbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Tests the itinerary of what was bought in one conversation. */
class TripStopTests {

  private static final Delivery.Train TRAIN =
      new Delivery.Train(
          "G7502",
          Text.untranslated("Hangzhou East"),
          Text.untranslated("Shanghai Hongqiao"),
          OffsetDateTime.parse("2026-11-29T06:02+08:00"),
          OffsetDateTime.parse("2026-11-29T06:47+08:00"),
          "second",
          List.of(new Delivery.Seat("03", "01A", "window")));
  private static final Delivery.Hotel HOTEL =
      new Delivery.Hotel(
          Text.untranslated("Cedar Inn"),
          Text.untranslated("Shanghai"),
          Text.untranslated("Queen Room"),
          LocalDate.parse("2026-11-29"),
          LocalDate.parse("2026-12-01"),
          2,
          1,
          false,
          null,
          "H-1");

  @Test
  void stopsStandInTheOrderOfTheTrip() {
    var stops = stops(HOTEL, TRAIN);

    assertThat(stops)
        .extracting(TripStop::title)
        .containsExactly(
            "G7502, Hangzhou East → Shanghai Hongqiao",
            "Check in: Cedar Inn",
            "Check out: Cedar Inn");
    assertThat(stops.getFirst().details())
        .containsExactly("arrives 06:47", "seat 03-01A (by the window)");
  }

  @Test
  void aSingleTicketAndParcelsAloneAreNoTrip() {
    var parcel =
        new Delivery.Shop(
            List.of(new Delivery.Item(Text.untranslated("Charger"), Text.untranslated("black"), 1)),
            "Home",
            OffsetDateTime.parse("2026-11-30T18:00+08:00"),
            "P-1");

    assertThat(stops(TRAIN)).isEmpty();
    assertThat(stops(parcel, parcel)).isEmpty();
    assertThat(stops(parcel, TRAIN))
        .extracting(TripStop::title)
        .contains("Delivered by 18:00: Charger");
  }

  private static List<TripStop> stops(Delivery... deliveries) {
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages.console");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    var words = new PageText(messages, Locale.ENGLISH, ZoneOffset.ofHours(8));
    return TripStop.of(
        Stream.of(deliveries).map(each -> PurchaseView.of(order()).withDelivery(each)).toList(),
        words);
  }

  private static Order order() {
    var at = OffsetDateTime.parse("2026-11-28T20:00+08:00").toInstant();
    return new Order(
        "R-1",
        "raileast",
        "did:act:raileast",
        "I-1",
        null,
        "Q-1",
        MerchantKind.TRAIN,
        List.of(),
        List.of(),
        "73.00",
        "CNY",
        OrderStatus.DELIVERED,
        at,
        at,
        "",
        "",
        null);
  }
}
