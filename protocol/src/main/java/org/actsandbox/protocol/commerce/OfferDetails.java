package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The details of an offer, in one form for each kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OfferDetails.Train.class, name = "train"),
  @JsonSubTypes.Type(value = OfferDetails.Hotel.class, name = "hotel"),
  @JsonSubTypes.Type(value = OfferDetails.Shop.class, name = "shop"),
  @JsonSubTypes.Type(value = OfferDetails.Service.class, name = "service")
})
public sealed interface OfferDetails {

  /**
   * @param seatClass second | first | business
   * @param seatsLeft free seats of the class on this stretch by position: window, middle, aisle
   * @param position the position that the offer promises, if one was wanted and is free
   */
  record Train(
      String trainNo,
      Text from,
      Text to,
      OffsetDateTime departs,
      OffsetDateTime arrives,
      int minutes,
      String seatClass,
      Map<String, Integer> seatsLeft,
      @Nullable String position)
      implements OfferDetails {}

  /**
   * @param metresToNear distance to the wanted place, or else to the city's main station
   * @param quietness 0 (loud) to 10
   */
  record Hotel(
      Text hotel,
      Text city,
      Text district,
      Text room,
      int stars,
      LocalDate checkIn,
      LocalDate checkOut,
      int nights,
      int guests,
      int rooms,
      boolean breakfast,
      @Nullable OffsetDateTime cancellableUntil,
      Text near,
      int metresToNear,
      int quietness,
      String score)
      implements OfferDetails {}

  /**
   * @param variant such as "black, 20000 mAh"
   * @param promisedBy absent if the merchant promises no time
   */
  record Shop(
      Text product,
      Text variant,
      String brand,
      Map<String, String> attributes,
      int quantity,
      Text shipping,
      @Nullable OffsetDateTime promisedBy,
      String rating)
      implements OfferDetails {}

  /**
   * @param unit the unit of the price
   */
  record Service(String service, Text unit) implements OfferDetails {}
}
