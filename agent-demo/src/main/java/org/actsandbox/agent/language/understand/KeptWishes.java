package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.jspecify.annotations.Nullable;

/**
 * Tells which wishes a sentence keeps: "without the hotel" drops one, "only the train" all others.
 */
final class KeptWishes {

  private KeptWishes() {}

  /** Returns the wishes that the sentence does not drop; the last one stays. */
  static List<WishDraft> withoutDropped(AnnotatedSentence annotated, List<WishDraft> drafts) {
    var left = new ArrayList<>(drafts);

    for (var word : annotated.all(Word.class).filter(Word::negated).toList()) {
      boolean isNamed = left.stream().anyMatch(draft -> isCalled(word, draft));
      left.removeIf(draft -> isNamed ? isCalled(word, draft) : namesWish(word, draft));
    }
    return left.isEmpty() ? drafts : left;
  }

  /**
   * Returns the wishes of the kind that the sentence wants alone, as in 只要车票; all of them when it
   * wants none alone.
   */
  static List<WishDraft> onlyWanted(AnnotatedSentence annotated, List<WishDraft> drafts) {
    var text = annotated.text();
    for (var span : annotated.marks()) {
      if (span.meaning() instanceof Word word && !word.negated() && isAlone(text, span)) {
        var wanted =
            drafts.stream()
                .filter(draft -> namesWish(word, draft) || isJoined(annotated, span, draft))
                .toList();
        if (wanted.stream().anyMatch(draft -> namesWish(word, draft))) {
          return wanted;
        }
      }
    }
    return drafts;
  }

  private static boolean isAlone(String text, MeaningSpan word) {
    return Cues.KNOWN.precedes("alone", text, word.start())
        || Cues.KNOWN.after("alone", text, word.end()).matches();
  }

  private static boolean isJoined(AnnotatedSentence annotated, MeaningSpan first, WishDraft draft) {
    var text = annotated.text();
    return annotated.any(
        mark ->
            mark.start() >= first.end()
                && mark.meaning() instanceof Word word
                && !word.negated()
                && namesWish(word, draft)
                && Cues.KNOWN.occurs("joined", text.substring(first.end(), mark.start())));
  }

  /** Returns whether the goods are wished by this very name. */
  private static boolean isCalled(Word word, WishDraft draft) {
    return draft instanceof ShopDraft shop
        && word.topic() == Topic.PRODUCT
        && shop.terms != null
        && shop.terms.contains(word.words());
  }

  private static boolean namesWish(Word word, WishDraft draft) {
    return switch (draft) {
      case TrainDraft _ -> word.is(Topic.KIND, "train");
      case HotelDraft _ -> word.is(Topic.KIND, "hotel");
      case ShopDraft shop -> word.isOf(Topic.PRODUCT) && word.value().equals(shop.category);
    };
  }

  /** Returns whether a stay without a day belongs to a stay or journey there: 酒店要离南站近. */
  static boolean isDetail(HotelDraft hotel, Situation situation) {
    return hotel.checkIn == null
        && (situation
                .wishes(HotelWish.class)
                .anyMatch(
                    before -> before.checkIn() != null && Objects.equals(before.city(), hotel.city))
            || situation.wishes(TrainWish.class).anyMatch(train -> endsIn(train, hotel.city)));
  }

  private static boolean endsIn(TrainWish train, @Nullable String city) {
    return train.date() != null
        && train.to() != null
        && PlaceNames.china()
            .findByWireName(train.to())
            .filter(place -> place.city().equals(city))
            .isPresent();
  }

  /** Returns whether a journey without a day and an origin only tells more of one there. */
  static boolean isDetail(TrainDraft train, Situation situation) {
    return train.date == null
        && train.from == null
        && situation
            .wishes(TrainWish.class)
            .anyMatch(before -> before.date() != null && Objects.equals(before.to(), train.to));
  }

  /** Returns whether goods that are wished with others are only described: 眼罩要真丝的. */
  static boolean isDetail(ShopDraft shop, Situation situation) {
    return situation.wishes().size() > 1
        && shop.quantity == null
        && situation
            .wishes(ShopWish.class)
            .anyMatch(before -> isSameGoods(WishDraft.of(before), shop));
  }

  static boolean isSameGoods(WishDraft one, WishDraft other) {
    return one instanceof ShopDraft goods && other instanceof ShopDraft same && goods.isSame(same);
  }

  /** Returns the journey that goes back to where the first one began. */
  static @Nullable TrainDraft wayBack(List<WishDraft> drafts) {
    var trains = WishDraft.all(drafts, TrainDraft.class).toList();
    return trains.stream()
        .skip(1)
        .filter(train -> train.from != null && train.from.equals(trains.getFirst().to))
        .findFirst()
        .orElse(null);
  }

  /**
   * Lets a way back whose weekday alone is said not be before the way there, or the night there:
   * 改成周一回 after a journey on a later Saturday is the Monday after it.
   */
  static void returnAfterArrival(String text, List<WishDraft> drafts) {
    if (!Cues.KNOWN.occurs("weekday alone", text)) {
      return;
    }
    var arrival = arrival(drafts);
    for (var back : WishDraft.all(drafts, TrainDraft.class).toList()) {
      boolean returns = back.back || back.equals(wayBack(drafts));
      if (returns
          && arrival != null
          && back.date != null
          && back.latestDate == null
          && back.date.isBefore(arrival)) {
        back.date = arrival.with(TemporalAdjusters.nextOrSame(back.date.getDayOfWeek()));
      }
    }
  }

  private static @Nullable LocalDate arrival(List<WishDraft> drafts) {
    var journeys = WishDraft.all(drafts, TrainDraft.class).filter(train -> !train.back);
    var stays = WishDraft.all(drafts, HotelDraft.class);
    return Stream.concat(journeys.map(train -> train.date), stays.map(hotel -> hotel.checkIn))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
