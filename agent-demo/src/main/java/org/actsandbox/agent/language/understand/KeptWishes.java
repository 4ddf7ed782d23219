package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
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

  /** Words before the only wish that is wanted. */
  private static final Pattern ALONE_BEFORE =
      Pattern.compile(
          "(?:只|光|单单?|仅仅?)(?:想)?(?:要|订|定|买|留下?|需要|保留)$|(?:换成|改成|改为|改订|改定|改买)(?:订|定|买)?$"
              + "|\\b(?:only|just|nothing but|keep)(?: (?:i |we )?(?:need|want|book|buy|order|take|get|keep|for))*(?: (?:the|a|an|my|that))? $");

  /** Words after it. */
  private static final Pattern ALONE_AFTER =
      Pattern.compile(
          "^ (?:(?:is|are|will be|would be) (?:enough|sufficient)|alone|only)\\b(?! (?:if|when|with|at|for|one)).*");

  /** Another wish is named next to the first: "only a train and a hotel". */
  private static final Pattern JOINED = Pattern.compile("\\b(?:and|plus|with)\\b|&|[和跟加]");

  private KeptWishes() {}

  /** Returns the wishes that the sentence does not drop; the last one stays. */
  static List<WishDraft> withoutDropped(
      AnnotatedSentence annotatedSentence, List<WishDraft> wishDrafts) {
    var left = new ArrayList<>(wishDrafts);
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Word word && word.negated()) {
        boolean isNamed = left.stream().anyMatch(draft -> isCalled(word, draft));
        left.removeIf(draft -> isNamed ? isCalled(word, draft) : namesWish(word, draft));
      }
    }
    return left.isEmpty() ? wishDrafts : left;
  }

  /**
   * Returns the wishes of the kind that the sentence wants alone, as in 只要车票; all of them when it
   * wants none alone.
   */
  static List<WishDraft> onlyWanted(
      AnnotatedSentence annotatedSentence, List<WishDraft> wishDrafts) {
    var text = annotatedSentence.sentence().plain();
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Word word
          && !word.negated()
          && isAlone(text, meaningSpan)) {
        var wanted =
            wishDrafts.stream()
                .filter(
                    draft ->
                        namesWish(word, draft) || isJoined(annotatedSentence, meaningSpan, draft))
                .toList();
        if (wanted.stream().anyMatch(draft -> namesWish(word, draft))) {
          return wanted;
        }
      }
    }
    return wishDrafts;
  }

  private static boolean isAlone(String text, MeaningSpan word) {
    return ALONE_BEFORE.matcher(text.substring(0, word.start())).find()
        || ALONE_AFTER.matcher(text.substring(word.end())).matches();
  }

  private static boolean isJoined(
      AnnotatedSentence annotatedSentence, MeaningSpan first, WishDraft draft) {
    var text = annotatedSentence.sentence().plain();
    return annotatedSentence.marks().stream()
        .anyMatch(
            mark ->
                mark.start() >= first.end()
                    && mark.meaning() instanceof Word word
                    && !word.negated()
                    && namesWish(word, draft)
                    && JOINED.matcher(text.substring(first.end(), mark.start())).find());
  }

  /** Returns whether the goods are wished by this very name. */
  private static boolean isCalled(Word word, WishDraft wishDraft) {
    return wishDraft instanceof ShopDraft shop
        && word.topic() == Topic.PRODUCT
        && shop.terms != null
        && shop.terms.contains(word.words());
  }

  private static boolean namesWish(Word word, WishDraft wishDraft) {
    return switch (wishDraft) {
      case TrainDraft _ -> word.topic() == Topic.KIND && word.value().equals("train");
      case HotelDraft _ -> word.topic() == Topic.KIND && word.value().equals("hotel");
      case ShopDraft shop -> word.topic() == Topic.PRODUCT && word.value().equals(shop.category);
    };
  }

  /** Returns whether a stay without a day only tells more of one there: 酒店要离南站近. */
  static boolean isDetail(HotelDraft hotel, Situation situation) {
    return hotel.checkIn == null
        && situation.wishes().stream()
            .anyMatch(
                wish ->
                    wish instanceof HotelWish before
                        && before.checkIn() != null
                        && Objects.equals(before.city(), hotel.city));
  }

  /** Returns whether a journey without a day and an origin only tells more of one there. */
  static boolean isDetail(TrainDraft train, Situation situation) {
    return train.date == null
        && train.from == null
        && situation.wishes().stream()
            .anyMatch(
                wish ->
                    wish instanceof TrainWish before
                        && before.date() != null
                        && Objects.equals(before.to(), train.to));
  }

  /** Returns whether goods that are wished with others are only described: 眼罩要真丝的. */
  static boolean isDetail(ShopDraft shop, Situation situation) {
    return situation.wishes().size() > 1
        && shop.quantity == null
        && situation.wishes().stream().anyMatch(wish -> isSameGoods(WishDraft.of(wish), shop));
  }

  static boolean isSameGoods(WishDraft one, WishDraft other) {
    return one instanceof ShopDraft goods && other instanceof ShopDraft same && goods.isSame(same);
  }

  /** Returns the journey that goes back to where the first one began. */
  static @Nullable TrainDraft wayBack(List<WishDraft> drafts) {
    var trains =
        drafts.stream().filter(TrainDraft.class::isInstance).map(TrainDraft.class::cast).toList();
    return trains.stream()
        .skip(1)
        .filter(train -> train.from != null && train.from.equals(trains.getFirst().to))
        .findFirst()
        .orElse(null);
  }
}
