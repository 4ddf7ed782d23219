package org.actsandbox.merchants.hotel;

import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.protocol.commerce.Text;

/** Normalizes the names of cities and places so that they can be compared. */
final class PlaceNameKeys {

  private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern NEARNESS =
      Pattern.compile("^(close to|next to|near|by|at|around|the) +|(附近|旁边|周边|边上|一带)$");
  private static final Pattern STATION =
      Pattern.compile("(railway|train|highspeed)?station$|(火车|高铁)?站$");

  private static final Set<String> ANY_STATION =
      Set.of(
          "station",
          "railwaystation",
          "trainstation",
          "mainstation",
          "highspeedstation",
          "站",
          "火车站",
          "高铁站",
          "车站",
          "动车站");
  private static final Set<String> CENTRE =
      Set.of(
          "citycentre",
          "citycenter",
          "centre",
          "center",
          "downtown",
          "towncentre",
          "市中心",
          "市区",
          "城中心",
          "中心");

  private PlaceNameKeys() {}

  /**
   * Returns the name in lower case, with only letters and digits, and without words such as "near".
   */
  static String key(String name) {
    var plain = SearchWords.normalize(name);
    for (var shorter = NEARNESS.matcher(plain).replaceFirst("");
        !shorter.equals(plain);
        shorter = NEARNESS.matcher(plain).replaceFirst("")) {
      plain = shorter;
    }
    return NOT_A_LETTER.matcher(plain).replaceAll("");
  }

  /** Returns the key of a place without "station" and without its city in front. */
  static String bareKey(String name, Text city) {
    var bare = STATION.matcher(key(name)).replaceFirst("");
    for (String prefix : new String[] {key(city.en()), key(city.zh())}) {
      if (bare.startsWith(prefix) && bare.length() > prefix.length()) {
        return bare.substring(prefix.length());
      }
    }
    return bare;
  }

  static String cityKey(String name) {
    return key(name).replaceFirst("(?<=.{2})(市|city)$", "");
  }

  static boolean meansAnyStation(String name) {
    return ANY_STATION.contains(key(name));
  }

  static boolean meansCentre(String name) {
    return CENTRE.contains(key(name));
  }
}
