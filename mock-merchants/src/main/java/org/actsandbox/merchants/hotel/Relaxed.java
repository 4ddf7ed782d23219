package org.actsandbox.merchants.hotel;

import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/** A need with one wish given up, to find what is near when nothing fits. */
record Relaxed(Need.Hotel need, @Nullable Place near) {

  Relaxed anyRoom() {
    return new Relaxed(
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

  Relaxed anyStars() {
    return with(null, need.breakfast(), need.freeCancellation());
  }

  Relaxed noBreakfast() {
    return with(need.minStars(), null, need.freeCancellation());
  }

  Relaxed anyTerms() {
    return with(need.minStars(), need.breakfast(), null);
  }

  Relaxed anywhere() {
    return new Relaxed(need, null);
  }

  Relaxed roomMore() {
    return on(0, 1);
  }

  Relaxed dayLater() {
    return on(1, 0);
  }

  private Relaxed with(
      @Nullable Integer stars, @Nullable Boolean breakfast, @Nullable Boolean freeCancellation) {
    return new Relaxed(
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

  private Relaxed on(int daysLater, int moreRooms) {
    return new Relaxed(
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
