package org.actsandbox.protocol.vocabulary;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a place on the map with all its names.
 *
 * @param city the English name of the city that it is or lies in
 * @param otherNames names that mean the place in any sentence
 * @param fieldNames names that mean it only in a field that holds nothing but a place, because in a
 *     sentence they mean something else, as 五一 does
 */
public record NamedPlace(
    Kind kind, Text name, String city, List<String> otherNames, List<String> fieldNames) {

  /** Names the kind of a place; a district is a landmark. */
  public enum Kind {
    CITY,
    STATION,
    LANDMARK
  }

  /** Returns every name by which a merchant must know the place. */
  public List<String> allNames() {
    return Stream.of(List.of(name.en(), name.zh()), otherNames, fieldNames)
        .flatMap(List::stream)
        .toList();
  }
}
