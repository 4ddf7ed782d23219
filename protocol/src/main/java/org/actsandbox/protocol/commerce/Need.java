package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An explicit need that an agent sends to merchants (CID-2). It describes the wanted goods, and
 * never the principal or the budget. Times are local times of the place; absent means no wish.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Need.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Need.Hotel.class, name = "hotel"),
  @JsonSubTypes.Type(value = Need.Shop.class, name = "shop")
})
public sealed interface Need {

  MerchantKind kindOf();

  /**
   * A train journey.
   *
   * @param from a city or a station, by any of its names
   * @param to a city or a station, by any of its names
   * @param departAfter inclusive; the other three times are inclusive too
   * @param seatClass second | first | business
   * @param position window | middle | aisle
   * @param trainType G | D | K, absent for any
   */
  record Train(
      String from,
      String to,
      LocalDate date,
      @Nullable LocalTime departAfter,
      @Nullable LocalTime departBefore,
      @Nullable LocalTime arriveAfter,
      @Nullable LocalTime arriveBefore,
      @Nullable String seatClass,
      @Nullable String position,
      @Nullable String trainType,
      int passengers,
      @Nullable String sort)
      implements Need {
    @Override
    public MerchantKind kindOf() {
      return MerchantKind.TRAIN;
    }
  }

  /**
   * A hotel stay.
   *
   * @param near a station, landmark or district
   * @param sort cheapest | quietest | nearest | best
   * @param roomType double | twin | family | suite, absent for any
   */
  record Hotel(
      String city,
      @Nullable String near,
      LocalDate checkIn,
      int nights,
      int guests,
      int rooms,
      @Nullable Integer minStars,
      @Nullable Boolean breakfast,
      @Nullable Boolean freeCancellation,
      @Nullable String sort,
      @Nullable String roomType)
      implements Need {

    /** Makes a need for a room of any type. */
    public Hotel(
        String city,
        @Nullable String near,
        LocalDate checkIn,
        int nights,
        int guests,
        int rooms,
        @Nullable Integer minStars,
        @Nullable Boolean breakfast,
        @Nullable Boolean freeCancellation,
        @Nullable String sort) {
      this(
          city,
          near,
          checkIn,
          nights,
          guests,
          rooms,
          minStars,
          breakfast,
          freeCancellation,
          sort,
          null);
    }

    @Override
    public MerchantKind kindOf() {
      return MerchantKind.HOTEL;
    }
  }

  /**
   * Goods of a shop.
   *
   * @param terms free text that names the product
   * @param features such as wireless, black, 20000mAh, size m
   */
  record Shop(
      String terms,
      @Nullable String category,
      @Nullable String brand,
      List<String> features,
      int quantity,
      @Nullable LocalDate deliverBy,
      @Nullable String sort)
      implements Need {
    @Override
    public MerchantKind kindOf() {
      return MerchantKind.SHOP;
    }
  }
}
