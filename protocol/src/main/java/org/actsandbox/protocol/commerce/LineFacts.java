package org.actsandbox.protocol.commerce;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a line of an order is, in facts that an authority can be held against. The merchant signs
 * them with the order, and the bill names the order by its digest.
 *
 * @param names what it is called, in every language the merchant has: train number, hotel, product
 *     and kind of product, service
 * @param attributes what tells this one from others of the name: colour, size, capacity, brand
 * @param from names of the station the journey begins at, and of its city; {@code to} in the same
 *     way
 * @param city names of the city a stay is in
 * @param date local day on which the train leaves the boarding station, or of the check-in
 * @param departs local time; {@code arrives} in the same way
 * @param seatClass second | first | business
 * @param position window | middle | aisle, where the merchant promises one
 */
public record LineFacts(
    MerchantKind kind,
    List<String> names,
    @Nullable List<String> attributes,
    @Nullable List<String> from,
    @Nullable List<String> to,
    @Nullable List<String> city,
    @Nullable LocalDate date,
    @Nullable LocalTime departs,
    @Nullable LocalTime arrives,
    @Nullable String seatClass,
    @Nullable String position,
    @Nullable Integer nights,
    @Nullable Integer guests,
    @Nullable Integer stars,
    @Nullable Boolean breakfast,
    @Nullable Boolean freeCancellation) {

  public LineFacts {
    Objects.requireNonNull(kind, "kind");
    names = List.copyOf(names);
  }

  /** Facts of goods or of a service, which are told by name and attributes alone. */
  public static LineFacts named(
      MerchantKind merchantKind, List<String> names, @Nullable List<String> attributes) {
    return new LineFacts(
        merchantKind,
        names,
        attributes,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
