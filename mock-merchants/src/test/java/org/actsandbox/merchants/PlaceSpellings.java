package org.actsandbox.merchants;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.actsandbox.protocol.vocabulary.NamedPlace;

/** Spells the names of a place in every way that a need may have. */
public final class PlaceSpellings {

  private static final Map<Character, Character> TRADITIONAL = new HashMap<>();

  static {
    for (char c = 0x4E00; c < 0x9FA5; c++) {
      if (ChineseCharacters.simplified(c) != c) {
        TRADITIONAL.putIfAbsent(ChineseCharacters.simplified(c), c);
      }
    }
  }

  private PlaceSpellings() {}

  /** Returns each name in both scripts and in capitals. */
  public static List<String> of(NamedPlace place) {
    return place.allNames().stream()
        .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT), traditional(name)))
        .distinct()
        .toList();
  }

  private static String traditional(String name) {
    var traditional = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      traditional.append(TRADITIONAL.getOrDefault(c, c));
    }
    return traditional.toString();
  }
}
