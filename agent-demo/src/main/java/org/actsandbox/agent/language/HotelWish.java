package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * A stay in a hotel.
 *
 * @param city by its English name
 * @param near a station, landmark or district: its English name, or else the principal's words
 * @param minStars 1 to 5
 * @param sort cheapest | quietest | nearest | best
 * @param maxPerNight yuan per room and night, decimal
 * @param roomType double | twin | family | suite
 * @param otherwise the stay that is wished only if this one is not to be had
 */
public record HotelWish(
    @Nullable String city,
    @Nullable String near,
    @Nullable LocalDate checkIn,
    int nights,
    int guests,
    int rooms,
    @Nullable Integer minStars,
    @Nullable Boolean breakfast,
    @Nullable Boolean freeCancellation,
    @Nullable String sort,
    @Nullable String maxPerNight,
    @Nullable String roomType,
    @Nullable HotelWish otherwise)
    implements Wish {

  private static final List<String> SORTS = List.of("cheapest", "quietest", "nearest", "best");

  public HotelWish {
    if (nights < 1 || nights > 90) {
      throw new IllegalArgumentException("nights must be 1 to 90, was " + nights);
    }
    if (guests < 1 || guests > 99 || rooms < 1 || rooms > 99) {
      throw new IllegalArgumentException("guests and rooms must be 1 to 99");
    }
  }

  @Override
  public MerchantKind kindOf() {
    return MerchantKind.HOTEL;
  }

  @Override
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (city == null) {
      missing.add("city");
    }
    if (checkIn == null) {
      missing.add("check_in");
    }
    return missing;
  }

  @Override
  public List<Need> needs() {
    if (city == null || checkIn == null) {
      throw new IllegalStateException("missing: " + missing());
    }
    return List.of(
        new Need.Hotel(
            city,
            near,
            checkIn,
            nights,
            guests,
            rooms,
            minStars,
            breakfast,
            freeCancellation,
            sort == null || !SORTS.contains(sort) ? null : sort,
            roomType));
  }
}
