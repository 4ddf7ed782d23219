package org.actsandbox.agent.language.understand.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Finds the landmark that "the lake" means: the only one of the hotel's city that is called a lake;
 * likewise "the south station".
 */
public final class CityLandmark {

  private CityLandmark() {}

  private static boolean fillStation(HotelDraft hotel, Sentence sentence) {
    var match = Details.KNOWN.anywhere("side of the city", sentence.plain());
    if (!"station".equals(hotel.near) || !match.find() || !sentence.isUnread(match.start())) {
      return false;
    }
    var found = only(hotel, Place.Type.STATION, match);
    sentence.use(match.start(), match.end());
    found.ifPresent(place -> hotel.near = place.wireName());
    return found.isPresent();
  }

  /** Sets the place near the hotel, and returns whether the sentence named one this way. */
  public static boolean fill(HotelDraft hotel, Sentence sentence) {
    var match = Details.KNOWN.anywhere("beside the landmark", sentence.plain());
    if (hotel.near != null || hotel.city == null || !match.find()) {
      return fillStation(hotel, sentence);
    }
    var found = only(hotel, Place.Type.LANDMARK, match);
    if (found.isEmpty()) {
      return false;
    }
    sentence.use(match.start(), match.end());
    hotel.near = found.get().wireName();
    return true;
  }

  /** Returns the only place of the hotel's city whose name ends in the matched word. */
  private static Optional<Place> only(HotelDraft hotel, Place.Type type, Matcher match) {
    var noun = match.group("en");
    var last = noun == null ? match.group("zh") : " " + noun;
    var found =
        PlaceNames.china().names().values().stream()
            .flatMap(places -> places.stream())
            .filter(place -> place.sort() == type)
            .filter(place -> place.city().equals(hotel.city))
            .filter(
                place ->
                    noun == null
                        ? place.name().zh().endsWith(last)
                        : place.name().en().toLowerCase(Locale.ROOT).endsWith(last))
            .distinct()
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
