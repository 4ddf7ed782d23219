package org.actsandbox.agent.language.understand.draft;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Holds a stay while the interpreter still fills it; a field that was not mentioned is null. */
public final class HotelDraft extends WishDraft {

  /** Ours: when rooms are not mentioned, two guests share one. */
  private static final int GUESTS_PER_ROOM = 2;

  /** Ours: this is the number of people that a family room sleeps. */
  private static final int GUESTS_PER_FAMILY_ROOM = 4;

  public @Nullable String city;
  public @Nullable String near;
  public @Nullable LocalDate checkIn;
  @Nullable LocalDate checkOut;
  @Nullable Integer nights;
  public @Nullable Integer guests;
  public @Nullable Integer rooms;
  public @Nullable Integer minStars;
  public @Nullable Boolean breakfast;
  public @Nullable Boolean freeCancellation;
  @Nullable String sort;
  public @Nullable String maxPerNight;
  public @Nullable String roomType;

  /** The number of rooms of each type, where several were said. */
  final Map<String, Integer> roomsByType = new LinkedHashMap<>();

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

  /** Makes one draft for each type of room: 一间大床一间双床 are two stays, which the guests share out. */
  @Override
  public List<WishDraft> split() {
    if (roomsByType.size() < 2) {
      return List.of(this);
    }
    int all = roomsByType.values().stream().mapToInt(Integer::intValue).sum();
    return roomsByType.entrySet().stream()
        .<WishDraft>map(
            each -> {
              var one = (HotelDraft) WishDraft.of(wish());
              one.checkOut = checkOut;
              one.nights = nights;
              one.roomType = each.getKey();
              one.rooms = each.getValue();
              one.guests = guests == null ? null : (guests * each.getValue() + all - 1) / all;
              return one;
            })
        .toList();
  }

  /** Replaces values by those of {@code changes}; another city clears the place near it. */
  void update(HotelDraft changes) {
    if (changes.city != null && !changes.city.equals(city)) {
      city = changes.city;
      near = null;
    }
    near = changes.near != null ? changes.near : near;
    checkIn = changes.checkIn != null ? changes.checkIn : checkIn;
    if (changes.nights != null || changes.checkOut != null) {
      nights = changes.nights;
      checkOut = changes.checkOut;
    }
    guests = changes.guests != null ? changes.guests : guests;
    if (changes.rooms != null || changes.guests != null) {
      rooms = changes.rooms;
    }
    minStars = changes.minStars != null ? changes.minStars : minStars;
    breakfast = changes.breakfast != null ? changes.breakfast : breakfast;
    freeCancellation =
        changes.freeCancellation != null ? changes.freeCancellation : freeCancellation;
    sort = changes.sort != null ? changes.sort : sort;
    maxPerNight = changes.maxPerNight != null ? changes.maxPerNight : maxPerNight;
    roomType = changes.roomType != null ? changes.roomType : roomType;
  }

  public int nightsOrOne() {
    if (nights == null && checkIn != null && checkOut != null) {
      return Math.clamp(checkOut.toEpochDay() - checkIn.toEpochDay(), -1, 1_000);
    }
    return nights == null ? 1 : nights;
  }

  @Override
  HotelWish plainWish() {
    // Ours: two rooms are for at least two people, and merchants refuse an empty room.
    int people =
        Math.max(
            guests == null ? 1 : Math.clamp(guests, 1, 99),
            rooms == null ? 1 : Math.clamp(rooms, 1, 99));
    int guestsPerRoom = "family".equals(roomType) ? GUESTS_PER_FAMILY_ROOM : GUESTS_PER_ROOM;
    int neededRooms = (people + guestsPerRoom - 1) / guestsPerRoom;
    return new HotelWish(
        city,
        near,
        checkIn,
        Math.clamp(nightsOrOne(), 1, 90),
        people,
        rooms == null ? neededRooms : Math.clamp(rooms, 1, 99),
        minStars,
        breakfast,
        freeCancellation,
        sort,
        maxPerNight,
        roomType,
        null);
  }

  /** Sets the number of nights and forgets the day of departure that was named before. */
  public void stay(int number) {
    nights = number;
    checkOut = null;
  }
}
