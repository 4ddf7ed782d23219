package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** A stay while it is being understood: whatever was not said is null. */
final class HotelDraft implements WishDraft {

  /** Ours: without a word about rooms, two guests share one. */
  private static final int GUESTS_PER_ROOM = 2;

  /** Ours: as many as a family room sleeps. */
  private static final int GUESTS_PER_FAMILY_ROOM = 4;

  @Nullable String city;
  @Nullable String near;
  @Nullable LocalDate checkIn;
  @Nullable LocalDate checkOut;
  @Nullable Integer nights;
  @Nullable Integer guests;
  @Nullable Integer rooms;
  @Nullable Integer minStars;
  @Nullable Boolean breakfast;
  @Nullable Boolean freeCancellation;
  @Nullable String sort;
  @Nullable String maxPerNight;
  @Nullable String roomType;

  static HotelDraft of(HotelWish wish) {
    var draft = new HotelDraft();
    draft.city = wish.city();
    draft.near = wish.near();
    draft.checkIn = wish.checkIn();
    draft.nights = wish.nights();
    draft.guests = wish.guests();
    draft.rooms = wish.rooms();
    draft.minStars = wish.minStars();
    draft.breakfast = wish.breakfast();
    draft.freeCancellation = wish.freeCancellation();
    draft.sort = wish.sort();
    draft.maxPerNight = wish.maxPerNight();
    draft.roomType = wish.roomType();
    return draft;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.HOTEL;
  }

  /** What {@code news} says replaces what was said; another city forgets the place in it. */
  void update(HotelDraft news) {
    if (news.city != null && !news.city.equals(city)) {
      city = news.city;
      near = null;
    }
    near = news.near != null ? news.near : near;
    checkIn = news.checkIn != null ? news.checkIn : checkIn;
    if (news.nights != null || news.checkOut != null) {
      nights = news.nights;
      checkOut = news.checkOut;
    }
    guests = news.guests != null ? news.guests : guests;
    if (news.rooms != null || news.guests != null) {
      rooms = news.rooms;
    }
    minStars = news.minStars != null ? news.minStars : minStars;
    breakfast = news.breakfast != null ? news.breakfast : breakfast;
    freeCancellation = news.freeCancellation != null ? news.freeCancellation : freeCancellation;
    sort = news.sort != null ? news.sort : sort;
    maxPerNight = news.maxPerNight != null ? news.maxPerNight : maxPerNight;
    roomType = news.roomType != null ? news.roomType : roomType;
  }

  int nightsOrOne() {
    if (nights == null && checkIn != null && checkOut != null) {
      return Math.clamp(checkOut.toEpochDay() - checkIn.toEpochDay(), -1, 1_000);
    }
    return nights == null ? 1 : nights;
  }

  @Override
  public HotelWish wish() {
    // Ours: two rooms are for two people at least, and merchants refuse an empty room.
    int people =
        Math.max(
            guests == null ? 1 : Math.clamp(guests, 1, 99),
            rooms == null ? 1 : Math.clamp(rooms, 1, 99));
    int share = "family".equals(roomType) ? GUESTS_PER_FAMILY_ROOM : GUESTS_PER_ROOM;
    int shared = (people + share - 1) / share;
    return new HotelWish(
        city,
        near,
        checkIn,
        Math.clamp(nightsOrOne(), 1, 90),
        people,
        rooms == null ? shared : Math.clamp(rooms, 1, 99),
        minStars,
        breakfast,
        freeCancellation,
        sort,
        maxPerNight,
        roomType);
  }
}
