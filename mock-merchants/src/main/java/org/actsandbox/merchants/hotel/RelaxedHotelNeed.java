package org.actsandbox.merchants.hotel;

import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/** Represents a hotel need with one wish given up, to find near matches when nothing fits. */
record RelaxedHotelNeed(Need.Hotel need, @Nullable CityPlace near) {

  RelaxedHotelNeed anyRoom() {
    return new RelaxedHotelNeed(
        new Need.Hotel(
            need.city(),
            need.near(),
            need.checkIn(),
            need.nights(),
            need.guests(),
            need.rooms(),
            need.minStars(),
            need.breakfast(),
            need.freeCancellation(),
            need.sort()),
        near);
  }

  RelaxedHotelNeed anyStars() {
    return with(null, need.breakfast(), need.freeCancellation());
  }

  RelaxedHotelNeed noBreakfast() {
    return with(need.minStars(), null, need.freeCancellation());
  }

  RelaxedHotelNeed anyCancellation() {
    return with(need.minStars(), need.breakfast(), null);
  }

  RelaxedHotelNeed anyPlace() {
    return new RelaxedHotelNeed(need, null);
  }

  RelaxedHotelNeed oneMoreRoom() {
    return on(0, 1);
  }

  RelaxedHotelNeed oneDayLater() {
    return on(1, 0);
  }

  private RelaxedHotelNeed with(
      @Nullable Integer stars, @Nullable Boolean breakfast, @Nullable Boolean freeCancellation) {
    return new RelaxedHotelNeed(
        new Need.Hotel(
            need.city(),
            need.near(),
            need.checkIn(),
            need.nights(),
            need.guests(),
            need.rooms(),
            stars,
            breakfast,
            freeCancellation,
            need.sort(),
            need.roomType()),
        near);
  }

  private RelaxedHotelNeed on(int daysLater, int moreRooms) {
    return new RelaxedHotelNeed(
        new Need.Hotel(
            need.city(),
            need.near(),
            need.checkIn().plusDays(daysLater),
            need.nights(),
            need.guests(),
            need.rooms() + moreRooms,
            need.minStars(),
            need.breakfast(),
            need.freeCancellation(),
            need.sort(),
            need.roomType()),
        near);
  }
}
