package org.actsandbox.merchants.hotel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Represents a stay as it is sold: hotel, room type, rate and dates. The offer id encodes all of
 * it, such as {@code stayhub.HGH01.3.bf.2026-11-26.2.2.1} (merchant, hotel, room, rate, check-in,
 * nights, guests, rooms), so that nothing is stored per search.
 */
record Stay(
    Hotel hotel,
    RoomType room,
    RatePlan plan,
    LocalDate checkIn,
    int nights,
    int guests,
    int rooms) {

  static final int MAX_NIGHTS = 30;
  static final int MAX_GUESTS = 20;
  static final int MAX_ROOMS = 9;

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9-]{1,40})\\.([A-Z]{3}[0-9]{2})\\.([0-9])\\.(rf|rn|bf|bn)\\."
              + "([0-9]{4}-[0-9]{2}-[0-9]{2})\\.([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9])");

  private static final LocalTime LAST_CANCELLATION = LocalTime.of(18, 0);

  /** Reads an offer id; empty if it is not the id of an offer of this merchant. */
  static Optional<Stay> of(String offerId, String merchant) {
    var form = FORM.matcher(offerId);
    if (!form.matches() || !form.group(1).equals(merchant)) {
      return Optional.empty();
    }
    var hotel = Hotels.ALL.byId(form.group(2)).orElse(null);
    var room = hotel == null ? null : hotel.room(form.group(3)).orElse(null);
    var checkIn = date(form.group(5));
    if (hotel == null || room == null || checkIn == null) {
      return Optional.empty();
    }
    var stay =
        new Stay(
            hotel,
            room,
            RatePlan.of(form.group(4)).orElseThrow(),
            checkIn,
            Integer.parseInt(form.group(6)),
            Integer.parseInt(form.group(7)),
            Integer.parseInt(form.group(8)));
    return stay.isPossible() ? Optional.of(stay) : Optional.empty();
  }

  String offerId(String merchant) {
    return "%s.%s.%d.%d.%d".formatted(merchant, adjustmentKey(), nights, guests, rooms);
  }

  /**
   * Returns the key of price changes: they concern the room at its rate from a check-in day, for
   * any number of nights and guests.
   */
  String adjustmentKey() {
    return String.join(".", hotel.id(), room.code(), plan.code(), checkIn.toString());
  }

  LocalDate checkOut() {
    return checkIn.plusDays(nights);
  }

  List<LocalDate> dates() {
    var dates = new ArrayList<LocalDate>(nights);
    for (int night = 0; night < nights; night++) {
      dates.add(checkIn.plusDays(night));
    }
    return dates;
  }

  boolean sleepsAll() {
    return guests <= room.guests() * rooms;
  }

  /** Returns until when cancellation is free; null for a rate without free cancellation. */
  @Nullable ZonedDateTime cancellableUntil(ZoneId zone) {
    if (!plan.flexible()) {
      return null;
    }
    var lastDay = hotel.cancellableOnTheDay() ? checkIn : checkIn.minusDays(1);
    return lastDay.atTime(LAST_CANCELLATION).atZone(zone);
  }

  private boolean isPossible() {
    return nights >= 1
        && nights <= MAX_NIGHTS
        && guests >= 1
        && guests <= MAX_GUESTS
        && rooms >= 1
        && rooms <= MAX_ROOMS
        && sleepsAll();
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADay) {
      return null;
    }
  }
}
