package org.actsandbox.agent.language.place;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.actsandbox.protocol.vocabulary.Gazetteer;

/**
 * Maps every name of a place, in both languages, pinyin and common misspellings of blanks, to the
 * places that it may mean.
 */
public final class PlaceNames {

  private static final Map<String, String> PINYIN_SIDES =
      Map.of("East", "dong", "West", "xi", "South", "nan", "North", "bei");

  private static final PlaceNames CHINA = new PlaceNames();

  private final Map<String, Set<Place>> byName = new LinkedHashMap<>();
  private final Map<String, Place> byWire = new HashMap<>();
  private final List<Place> cities = new ArrayList<>();

  private PlaceNames() {
    for (var named : Gazetteer.places()) {
      var type = Place.Type.valueOf(named.kind().name());
      add(new Place(type, named.name(), named.city()), named.otherNames());
    }
  }

  public static PlaceNames china() {
    return CHINA;
  }

  /**
   * Returns the names in plain spelling with the places that they may mean; several places make a
   * name ambiguous.
   */
  public Map<String, Set<Place>> names() {
    return Collections.unmodifiableMap(byName);
  }

  /** Finds a place by the name that a wish has. */
  public Optional<Place> findByWireName(String name) {
    return Optional.ofNullable(byWire.get(name));
  }

  /** Finds the place of this name in any spelling; a city goes before its station. */
  public Optional<Place> find(String name) {
    var places = byName.getOrDefault(plain(name), Set.of());
    return places.stream().findFirst();
  }

  /** Finds the city whose English name differs by one or two typing errors, for "did you mean". */
  public Optional<Place> findSimilar(String name) {
    var wanted = plain(name);
    if (wanted.length() < 5 || wanted.length() > 20) {
      return Optional.empty();
    }
    int allowed = wanted.length() < 7 ? 1 : 2;
    return cities.stream()
        .filter(city -> distance(wanted, plain(city.name().en())) <= allowed)
        .findFirst();
  }

  private void add(Place place, List<String> others) {
    byWire.putIfAbsent(place.wireName(), place);
    if (place.isCity()) {
      cities.add(place);
    }
    for (var name : spellings(place, others)) {
      var places = byName.computeIfAbsent(name, _ -> new LinkedHashSet<>());
      // A station that is called like its city needs the word "station" to be meant.
      if (places.stream().noneMatch(p -> p.city().equals(place.city()))) {
        places.add(place);
      }
    }
  }

  private static Set<String> spellings(Place place, List<String> others) {
    var names = new LinkedHashSet<String>();
    names.add(plain(place.name().zh()));
    names.add(plain(place.name().en()));
    for (var other : others) {
      if (other.length() > 1) {
        names.add(plain(other));
      }
    }
    if (place.sort() == Place.Type.STATION) {
      addPinyinSide(place.name().en(), names);
    }
    for (var name : List.copyOf(names)) {
      if (name.indexOf('\'') >= 0) {
        names.add(name.replace("'", ""));
        names.add(name.replace("'", " "));
      }
    }
    for (var name : List.copyOf(names)) {
      addSuffixes(place.sort(), name, names);
    }
    return names;
  }

  private static void addPinyinSide(String english, Set<String> names) {
    int space = english.lastIndexOf(' ');
    var side = space < 0 ? null : PINYIN_SIDES.get(english.substring(space + 1));
    var stem = plain(space < 0 ? english : english.substring(0, space));
    if (side != null) {
      names.add(stem + side);
      names.add(stem + " " + side);
    } else if (space > 0) {
      names.add(plain(english).replace(" ", ""));
    }
  }

  private static void addSuffixes(Place.Type type, String name, Set<String> names) {
    boolean chinese = name.charAt(0) > 0x2E80;
    if (type == Place.Type.CITY) {
      names.add(chinese ? name + "市" : name + " city");
    } else if (type == Place.Type.STATION) {
      for (var suffix :
          chinese
              ? List.of("站", "火车站", "高铁站")
              : List.of(" station", " railway station", " train station", "站")) {
        names.add(name + suffix);
      }
    }
  }

  private static String plain(String name) {
    return ChineseCharacters.simplified(name.toLowerCase(Locale.ROOT)).strip();
  }

  /** Computes Levenshtein's distance, with the swap of neighbours as one error. */
  public static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return 3;
    }
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        rows[i][j] =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
