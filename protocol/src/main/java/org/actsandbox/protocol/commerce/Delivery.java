package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The goods or services that the paid resource delivers, in one form for each kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Delivery.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Delivery.Hotel.class, name = "hotel"),
  @JsonSubTypes.Type(value = Delivery.Shop.class, name = "shop"),
  @JsonSubTypes.Type(value = Delivery.Service.class, name = "service")
})
public sealed interface Delivery {

  /** Returns the kind of merchant that delivers in this form. */
  default MerchantKind kind() {
    return switch (this) {
      case Train _ -> MerchantKind.TRAIN;
      case Hotel _ -> MerchantKind.HOTEL;
      case Shop _ -> MerchantKind.SHOP;
      case Service _ -> MerchantKind.SERVICE;
    };
  }

  /**
   * @param seatClass second | first | business
   */
  record Train(
      String trainNo,
      Text from,
      Text to,
      OffsetDateTime departs,
      OffsetDateTime arrives,
      String seatClass,
      List<Seat> seats)
      implements Delivery {}

  /**
   * @param carriage {@code 05}
   * @param seat {@code 11F}
   * @param position window | middle | aisle
   */
  record Seat(String carriage, String seat, String position) {}

  record Hotel(
      Text hotel,
      Text city,
      Text room,
      LocalDate checkIn,
      LocalDate checkOut,
      int nights,
      int guests,
      boolean breakfast,
      @Nullable OffsetDateTime cancellableUntil,
      String confirmationNo)
      implements Delivery {}

  record Shop(List<Item> items, String shipTo, OffsetDateTime promisedBy, String parcelNo)
      implements Delivery {}

  record Item(Text product, Text variant, int quantity) {}

  /**
   * The result of a paid service.
   *
   * @param asOf time of the request, for which the result is valid
   * @param result in the form that the service describes
   */
  record Service(String service, Text name, Instant asOf, JsonNode result) implements Delivery {}
}
