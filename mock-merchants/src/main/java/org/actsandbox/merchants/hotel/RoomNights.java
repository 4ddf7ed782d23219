package org.actsandbox.merchants.hotel;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.participant.NewestKeys;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts a platform's free rooms by night. The seed gives the number; a row exists only where
 * orders or staff changed it.
 */
final class RoomNights {

  /** Represents the free rooms of one city's hotels over some nights, as read at one moment. */
  final class FreeRooms {

    /** The free rooms of nights that have a row, by night and room. */
    private final Map<LocalDate, Map<String, Integer>> changed;

    private FreeRooms(Map<LocalDate, Map<String, Integer>> changed) {
      this.changed = changed;
    }

    /**
     * Returns how many rooms are free in every one of the nights, because a stay needs each night.
     */
    int of(Hotel hotel, RoomType room, Iterable<LocalDate> nights) {
      int least = Integer.MAX_VALUE;
      var key = hotel.roomKey(room);
      for (LocalDate night : nights) {
        var free = changed.getOrDefault(night, Map.of()).get(key);
        least = Math.min(least, free == null ? seeded(key, room, night) : free);
      }
      return least;
    }
  }

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;
  private final SeededRandom seededRandom;

  /** Nights that have a row; one whose transaction was rolled back may have none. */
  private final NewestKeys changed = new NewestKeys(4_096);

  RoomNights(VerticalWorld world, String merchant, SeededRandom seededRandom) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
    this.seededRandom = seededRandom;
  }

  FreeRooms free(City city, LocalDate from, LocalDate until) {
    var changed = new HashMap<LocalDate, Map<String, Integer>>();
    jdbc.sql(
            """
            select room, night, free from hotel_night
            where world = ? and merchant = ? and city = ? and night >= ? and night < ?
            """)
        .params(partition, merchant, city.code(), from, until)
        .query(
            row -> {
              changed
                  .computeIfAbsent(row.getObject(2, LocalDate.class), _ -> new HashMap<>())
                  .put(row.getString(1), row.getInt(3));
            });
    return new FreeRooms(changed);
  }

  /**
   * Takes the rooms of every night for an order, inside the caller's transaction, which must roll
   * back if a night is returned. Nights are taken in order, so that two stays never wait for each
   * other.
   *
   * @return the first night that has too few rooms left; empty when the order has them all
   */
  Optional<LocalDate> take(String orderNo, Stay stay) {
    var room = stay.hotel().roomKey(stay.room());
    for (LocalDate night : stay.dates()) {
      if (!takeNight(stay, room, night)) {
        return Optional.of(night);
      }
      jdbc.sql(
              """
              insert into hotel_hold (world, merchant, order_no, night, city, room, rooms)
              values (?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              partition, merchant, orderNo, night, stay.hotel().city().code(), room, stay.rooms())
          .update();
    }
    return Optional.empty();
  }

  /**
   * Gives all rooms of the order back. Only the caller that deletes a row gives its rooms back, so
   * that a second call changes nothing.
   */
  void release(String orderNo) {
    record Held(LocalDate night, String city, String room, int rooms) {}
    var holds =
        jdbc.sql(
                """
                select night, city, room, rooms from hotel_hold
                where world = ? and merchant = ? and order_no = ? order by night, room
                """)
            .params(partition, merchant, orderNo)
            .query(
                (row, _) ->
                    new Held(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4)))
            .list();
    for (Held held : holds) {
      int deleted =
          jdbc.sql(
                  """
                  delete from hotel_hold
                  where world = ? and merchant = ? and order_no = ? and night = ? and room = ?
                  """)
              .params(partition, merchant, orderNo, held.night(), held.room())
              .update();
      if (deleted == 1) {
        change(held.city(), held.room(), held.night(), held.rooms());
      }
    }
  }

  /** Sets the free rooms of a night to exactly {@code left}. */
  void set(Hotel hotel, RoomType room, LocalDate night, int left) {
    add(hotel, room, night, left);
    jdbc.sql(
            """
            update hotel_night set free = ?
            where world = ? and merchant = ? and city = ? and night = ? and room = ?
            """)
        .params(left, partition, merchant, hotel.city().code(), night, hotel.roomKey(room))
        .update();
  }

  private boolean takeNight(Stay stay, String room, LocalDate night) {
    var city = stay.hotel().city().code();
    if (changed.contains(room + night) && change(city, room, night, -stay.rooms())) {
      return true;
    }
    changed.add(room + night);
    // Another order may have made the row since it was looked for: then its rooms are taken from
    // it.
    return takeFirst(stay, night) || change(city, room, night, -stay.rooms());
  }

  /** Takes rooms of a night from which none was taken; false if it has a row, or too few rooms. */
  private boolean takeFirst(Stay stay, LocalDate night) {
    int left = seeded(stay.hotel().roomKey(stay.room()), stay.room(), night) - stay.rooms();
    return left >= 0 && add(stay.hotel(), stay.room(), night, left);
  }

  private boolean change(String city, String room, LocalDate night, int by) {
    return jdbc.sql(
                """
                update hotel_night set free = free + ?
                where world = ? and merchant = ? and city = ? and night = ? and room = ?
                  and free + ? >= 0
                """)
            .params(by, partition, merchant, city, night, room, by)
            .update()
        == 1;
  }

  private boolean add(Hotel hotel, RoomType room, LocalDate night, int free) {
    return jdbc.sql(
                """
                insert into hotel_night (world, merchant, city, night, room, free)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(partition, merchant, hotel.city().code(), night, hotel.roomKey(room), free)
            .update()
        == 1;
  }

  /**
   * Returns the free rooms at the start of the world: in 5 % of the nights none, on Fridays and
   * Saturdays in 12 %.
   *
   * @param key the key of the hotel's room
   */
  private int seeded(String key, RoomType room, LocalDate night) {
    var name = key + night;
    boolean weekend =
        night.getDayOfWeek() == DayOfWeek.FRIDAY || night.getDayOfWeek() == DayOfWeek.SATURDAY;
    if (seededRandom.chance("full" + name, weekend ? 12 : 5)) {
      return 0;
    }
    return seededRandom.between("free" + name, weekend ? 1 : room.fewest(), room.most());
  }
}
