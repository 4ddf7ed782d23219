package org.actsandbox.agent.language.understand.draft;

import java.util.Locale;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Finds the landmark that "the lake" means: the only one of the hotel's city that is called a lake.
 */
public final class CityLandmark {

  private static final Pattern BESIDE =
      Pattern.compile(
          "\\b(?:near(?:er)?|by|beside|next to|clos(?:e|er|est) to|nearest to|at|on) the"
              + " (?<en>lake|river|tower|temple|museum|garden|square|zoo|university)\\b"
              + "|(?<zh>[湖江塔寺])(?:边|畔)");

  private CityLandmark() {}

  /** Sets the place near the hotel, and returns whether the sentence named one this way. */
  public static boolean fill(HotelDraft hotel, Sentence sentence) {
    var match = BESIDE.matcher(sentence.plain());
    if (hotel.near != null || hotel.city == null || !match.find()) {
      return false;
    }
    var noun = match.group("en");
    var last = noun == null ? match.group("zh") : " " + noun;
    var found =
        PlaceNames.china().names().values().stream()
            .flatMap(places -> places.stream())
            .filter(place -> place.sort() == Place.Type.LANDMARK)
            .filter(place -> place.city().equals(hotel.city))
            .filter(
                place ->
                    noun == null
                        ? place.name().zh().endsWith(last)
                        : place.name().en().toLowerCase(Locale.ROOT).endsWith(last))
            .distinct()
            .toList();
    if (found.size() != 1) {
      return false;
    }
    sentence.use(match.start(), match.end());
    hotel.near = found.getFirst().wireName();
    return true;
  }
}
