package org.actsandbox.merchants.hotel;

import java.util.List;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;

/**
 * A type of room.
 *
 * @param code one digit
 * @param guests at most this many in a room
 * @param percent price in per cent of the house's base price
 * @param fewest rooms a platform gets for a night, at least; likewise {@code most}
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

  /** Whether it is of the type that a need names: double, twin, family or suite. */
  boolean is(String type) {
    var words = List.of(name.en().split(" ", -1));
    return switch (type) {
      case "double" -> words.contains("Queen") || words.contains("King");
      case "twin" -> words.contains("Twin");
      case "family" -> words.contains("Family");
      default -> words.contains("Suite");
    };
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
