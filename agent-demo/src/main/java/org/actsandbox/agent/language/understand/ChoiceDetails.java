package org.actsandbox.agent.language.understand;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.text.Numerals;

/**
 * Compares the details of a sentence that takes an offer with that offer and with its wish: "yes,
 * but first class" takes nothing that was shown.
 */
record ChoiceDetails(
    List<Wish> wishes, List<ShownOffer> chosen, List<MeaningSpan> marks, String text) {

  /** Compares what is no name of an offer by its place, whose number counts nothing. */
  static ChoiceDetails of(
      AnnotatedSentence annotated, Situation situation, Collection<String> chosen) {
    var text = annotated.text();
    var places = Cues.KNOWN.anywhere("place in the list", text).results().toList();
    return new ChoiceDetails(
        situation.wishes(),
        situation.offers().stream().filter(o -> chosen.contains(o.offerId())).toList(),
        annotated.marks().stream()
            .filter(m -> places.stream().noneMatch(p -> p.start() < m.end() && m.start() < p.end()))
            .toList(),
        text);
  }

  /** Returns whether a detail holds of none of the wishes and stands in no offer's title. */
  boolean differ() {
    return marks.stream().anyMatch(mark -> isNew(mark.meaning()) || hasOtherNumber(mark));
  }

  /** Returns whether another number stands before the word for what is bought: "two tickets". */
  private boolean hasOtherNumber(MeaningSpan mark) {
    if (!(mark.meaning() instanceof Word word)
        || !COUNTABLE.contains(word.topic())
        || wishes.isEmpty()) {
      return false;
    }
    var before = Cues.KNOWN.before("number of the chosen", text, mark.start());
    if (!before.find() || text.substring(0, before.start()).endsWith("第")) {
      return false;
    }
    var unit = word.topic() == Topic.ROOM ? Unit.ROOMS : Unit.ANY;
    return Numerals.whole(before.group(1))
        .filter(n -> wishes.stream().noneMatch(w -> counts(w, new Count(unit, n))))
        .isPresent();
  }

  private boolean isNew(Meaning meaning) {
    return switch (meaning) {
      case Word word when isDetail(word) ->
          word.negated()
              ? inTitle(word)
              : !inTitle(word) && wishes.stream().noneMatch(w -> holds(w, word));
      case Count count -> !wishes.isEmpty() && wishes.stream().noneMatch(w -> counts(w, count));
      case Meaning.Cost _ -> true;
      default -> false;
    };
  }

  private static boolean isDetail(Word word) {
    return switch (word.topic()) {
      case CLASS, SEAT, ROOM, BREAKFAST, CANCEL, FEATURE -> true;
      case KIND, SORT, RETURN, PLACE, DIRECT, PRODUCT, BRAND, TRAINTYPE, UNSUPPORTED -> false;
    };
  }

  private boolean inTitle(Word word) {
    var words = word.words().toLowerCase(Locale.ROOT);
    return chosen.stream()
        .map(offer -> offer.title().toLowerCase(Locale.ROOT))
        .anyMatch(title -> title.contains(words) || title.contains(word.value()));
  }

  private static boolean holds(Wish wish, Word word) {
    return switch (wish) {
      case TrainWish train ->
          Objects.requireNonNullElse(train.seatClass(), "second").equals(word.value())
              || word.value().equals(train.position());
      case HotelWish hotel ->
          word.value().equals(hotel.roomType())
              || (word.value().equals("yes")
                  && (Boolean.TRUE.equals(hotel.breakfast())
                      || Boolean.TRUE.equals(hotel.freeCancellation())));
      case ShopWish shop -> shop.features().contains(word.value());
    };
  }

  private static final Set<Topic> COUNTABLE =
      EnumSet.of(Topic.KIND, Topic.CLASS, Topic.SEAT, Topic.ROOM, Topic.PRODUCT);

  private static boolean counts(Wish wish, Count count) {
    return switch (wish) {
      case TrainWish train -> train.passengers() == count.number();
      case HotelWish hotel ->
          switch (count.unit()) {
            case ROOMS -> hotel.rooms() == count.number();
            case NIGHTS -> hotel.nights() == count.number();
            case PEOPLE -> hotel.guests() == count.number();
            default -> true;
          };
      case ShopWish shop -> shop.quantity() == count.number();
    };
  }
}
