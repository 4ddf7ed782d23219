package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * What names a wish ("train", "酒店", a product), and where.
 *
 * @param back whether it names the way back
 */
record WishNoun(int start, int end, MerchantKind kind, boolean back) {

  private static final Pattern GLUE = Pattern.compile("[ -]*的?");

  /** All of a sentence, in its order. */
  static List<WishNoun> all(AnnotatedSentence annotatedSentence) {
    var wishNouns = new ArrayList<WishNoun>();
    for (var meaningSpan : annotatedSentence.marks()) {
      var wishNoun = head(meaningSpan);
      if (wishNoun == null || (wishNoun.back() && isWayThere(annotatedSentence, meaningSpan))) {
        continue;
      }
      var last = wishNouns.isEmpty() ? null : wishNouns.getLast();
      if (last != null && joins(annotatedSentence, last, wishNoun)) {
        wishNouns.removeLast();
        wishNoun =
            new WishNoun(
                last.start(), wishNoun.end(), wishNoun.kind(), last.back() || wishNoun.back());
      }
      wishNouns.add(wishNoun);
    }
    // With a thing that is known, words that are not are no second wish: they are told as unread.
    var unknown =
        wishNouns.isEmpty()
            ? UnlistedProductReader.find(annotatedSentence)
            : List.<UnlistedProductReader.Product>of();
    unknown.forEach(p -> wishNouns.add(new WishNoun(p.start(), p.end(), MerchantKind.SHOP, false)));
    wishNouns.sort((a, b) -> Integer.compare(a.start(), b.start()));
    outward(annotatedSentence, wishNouns);
    return wishNouns;
  }

  /** "From Shanghai back to Hangzhou" is one way. */
  private static boolean isWayThere(AnnotatedSentence reading, MeaningSpan back) {
    var marks = reading.marks();
    boolean to =
        marks.stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof KnownPlace
                        && m.start() >= back.end()
                        && m.start() - back.end() <= " to the ".length());
    boolean from =
        marks.stream()
            .filter(m -> m.end() <= back.start() && m.meaning() instanceof KnownPlace)
            .allMatch(
                m -> m.meaning() instanceof KnownPlace spot && spot.role() == Meaning.Role.FROM);
    boolean any =
        marks.stream().anyMatch(m -> m.end() <= back.start() && m.meaning() instanceof KnownPlace);
    return to && from && any;
  }

  /** 周五去上海周日回: the way there has no head of its own, only a place before the way back. */
  private static void outward(AnnotatedSentence annotatedSentence, List<WishNoun> wishNouns) {
    var train = wishNouns.stream().filter(h -> h.kind() == MerchantKind.TRAIN).findFirst();
    if (train.isEmpty() || !train.get().back()) {
      return;
    }
    annotatedSentence.marks().stream()
        .filter(
            m ->
                m.meaning() instanceof Meaning.KnownPlace spot
                    && spot.role() != Meaning.Role.FROM
                    && m.end() <= train.get().start())
        .findFirst()
        .ifPresent(
            m -> wishNouns.add(0, new WishNoun(m.start(), m.end(), MerchantKind.TRAIN, false)));
    wishNouns.sort((a, b) -> Integer.compare(a.start(), b.start()));
  }

  private static @Nullable WishNoun head(MeaningSpan meaningSpan) {
    if (!(meaningSpan.meaning() instanceof Word word) || word.negated()) {
      return null;
    }
    var merchantKind =
        switch (word.topic()) {
          case PRODUCT -> MerchantKind.SHOP;
          case RETURN -> word.value().equals("back") ? MerchantKind.TRAIN : null;
          case TRAINTYPE -> MerchantKind.TRAIN;
          case ROOM -> MerchantKind.HOTEL;
          case KIND -> kindNamed(word.value());
          default -> null;
        };
    return merchantKind == null
        ? null
        : new WishNoun(
            meaningSpan.start(), meaningSpan.end(), merchantKind, word.topic() == Topic.RETURN);
  }

  private static @Nullable MerchantKind kindNamed(String value) {
    return switch (value) {
      case "train" -> MerchantKind.TRAIN;
      case "hotel" -> MerchantKind.HOTEL;
      default -> null;
    };
  }

  /** "tea gift box" is one product; "return train" and "hotel room" are one head as well. */
  private static boolean joins(AnnotatedSentence annotatedSentence, WishNoun last, WishNoun next) {
    var between = annotatedSentence.sentence().plain().substring(last.end(), next.start());
    if (last.kind() != next.kind()) {
      return false;
    }
    return GLUE.matcher(between).matches();
  }
}
