package org.actsandbox.merchants.hotel;

import java.util.List;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Represents a type of room.
 *
 * @param code the code of one digit
 * @param guests the most guests in one room
 * @param percent the price in percent of the hotel's base price
 * @param fewest the fewest rooms that a platform gets for a night
 * @param most the most rooms that it gets
 */
record RoomType(
    String code,
    Text name,
    int guests,
    int percent,
    int fewest,
    int most,
    int minStars,
    int maxStars) {

  private static final List<String> NEED_TYPES = List.of("double", "twin", "family", "suite");

  /** Says whether the room is of the type that a need names: double, twin, family or suite. */
  boolean is(String type) {
    var words = List.of(name.en().split(" ", -1));
    return switch (type) {
      case "double" -> words.contains("Queen") || words.contains("King");
      case "twin" -> words.contains("Twin");
      case "family" -> words.contains("Family");
      default -> words.contains("Suite");
    };
  }

  /** Returns the type that a need would name; null for a room of another type. */
  @Nullable String type() {
    return NEED_TYPES.stream().filter(this::is).findFirst().orElse(null);
  }

  static List<RoomType> read() {
    return DataFileReader.read(RoomType.class, "rooms.txt").stream()
        .map(
            row ->
                new RoomType(
                    row[0],
                    DataFileReader.text(row[1]),
                    Integer.parseInt(row[2]),
                    Integer.parseInt(row[3]),
                    Integer.parseInt(row[4]),
                    Integer.parseInt(row[5]),
                    Integer.parseInt(row[6]),
                    Integer.parseInt(row[7])))
        .toList();
  }
}
