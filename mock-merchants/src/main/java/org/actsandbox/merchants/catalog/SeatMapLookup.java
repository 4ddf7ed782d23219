package org.actsandbox.merchants.catalog;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Finds the seat find that a query asks for: of an offer, or of a train on a date and stretch. */
public final class SeatMapLookup {

  private static final int MAX_TRAINS = 50;

  private final MerchantContext merchantContext;

  public SeatMapLookup(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Returns the seat find of the query parameters: {@code offer}, or {@code item, date, from, to}
   * and {@code class}; and {@code carriage}.
   *
   * @throws Refusal {@code not_found}, {@code invalid_field}
   */
  public SeatMap find(Map<String, String> query) {
    var offer = query.get("offer");
    var offerId = offer != null ? offer : firstOfferOf(query);
    return merchantContext
        .vertical()
        .seatMap(offerId, query.get("carriage"))
        .orElseThrow(
            () -> new Refusal(Problem.NOT_FOUND, "there is no such seat map").at("carriage"));
  }

  private String firstOfferOf(Map<String, String> query) {
    var train =
        new Need.Train(
            required(query, "from"),
            required(query, "to"),
            date(required(query, "date")),
            null,
            null,
            null,
            null,
            query.get("class"),
            null,
            null,
            1,
            null);
    var item = required(query, "item");
    return merchantContext.vertical().match(train, MAX_TRAINS).stream()
        .filter(candidate -> candidate.itemId().equals(item))
        .map(Offer::offerId)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this train has no free seat there on that day")
                    .at("item")
                    .observed(item)
                    .remedy("Name an offer instead: ?offer=."));
  }

  private static String required(Map<String, String> query, String name) {
    var value = query.get(name);
    if (value == null || value.isBlank() || value.length() > Storefront.MAX_QUERY) {
      throw new Refusal(Problem.INVALID_FIELD, name + " is missing or too long")
          .at(name)
          .expected("offer, or item, date, from and to");
    }
    return value;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "date is not a date")
          .at("date")
          .expected("2026-11-26")
          .observed(text);
    }
  }
}
