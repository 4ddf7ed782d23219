package org.actsandbox.protocol.commerce;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an order line, which are compared with an authority. The merchant signs them with
 * the order, and the bill has the digest of the order.
 *
 * @param names all names in all languages of the merchant: train number, hotel, product and kind of
 *     product, service
 * @param attributes distinguish it from others of the same name: colour, size, capacity, brand
 * @param from names of the departure station and of its city; {@code to} is the same for the
 *     arrival
 * @param city names of the city of a stay
 * @param date local day of departure from the boarding station, or of the check-in
 * @param departs local time; {@code arrives} too
 * @param seatClass second | first | business
 * @param position window | middle | aisle; absent if the merchant promises none
 * @param roomType double | twin | family | suite; absent for a room of another type
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
    @Nullable Boolean freeCancellation,
    @Nullable String roomType) {

  public LineFacts {
    Objects.requireNonNull(kind, "kind");
    names = List.copyOf(names);
  }

  /** Makes the facts of goods or of a service, which have only names and attributes. */
  public static LineFacts named(
      MerchantKind kind, List<String> names, @Nullable List<String> attributes) {
    return new LineFacts(
        kind,
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
        null,
        null);
  }
}
