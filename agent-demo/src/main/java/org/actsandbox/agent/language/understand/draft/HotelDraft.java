package org.actsandbox.agent.language.understand.draft;

import java.lang.reflect.Field;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Slots;
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
  public @Nullable LocalDate checkOut;
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

  private static final Map<String, Field> SLOTS = slots(HotelDraft.class, HotelWish.class);

  @Override
  Map<String, Field> slots() {
    return SLOTS;
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

  /** Another city clears the place near it, and other guests need other rooms. */
  @Override
  void prepare(WishDraft changes) {
    if (changes instanceof HotelDraft hotel) {
      near = hotel.city == null || hotel.city.equals(city) ? near : null;
      if (hotel.nights != null || hotel.checkOut != null) {
        nights = null;
        checkOut = hotel.checkOut;
      }
      rooms = hotel.guests == null ? rooms : null;
    }
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
    return Slots.make(
        HotelWish.class,
        slot ->
            switch (slot) {
              case "nights" -> (Integer) Math.clamp(nightsOrOne(), 1, 90);
              case "guests" -> (Integer) people;
              case "rooms" -> (Integer) (rooms == null ? neededRooms : Math.clamp(rooms, 1, 99));
              default -> wished(slot);
            });
  }

  /** Lets a stay whose nights were taken for granted last until the journey back. */
  public void untilReturn() {
    nights = Integer.valueOf(1).equals(nights) ? null : nights;
  }

  /** Sets the number of nights and forgets the day of departure that was named before. */
  public void stay(int number) {
    nights = number;
    checkOut = null;
  }
}
