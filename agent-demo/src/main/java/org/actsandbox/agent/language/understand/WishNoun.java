package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.Details;
import org.actsandbox.agent.language.understand.draft.UnlistedProductReader;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Is the word of a sentence that names a wish ("train", "酒店", a product), with its position.
 *
 * @param back whether it names the journey back
 */
record WishNoun(int start, int end, MerchantKind kind, boolean back) {

  private static final Pattern GLUE = Pattern.compile("[ -]*的?");

  private static final Pattern COMMA = Pattern.compile(" ?[,，、：:] ?(?:an? |some )?");

  /** Tells whether the noun only says where goods are used: "a book for the train", 火车上看的书. */
  private static boolean isUse(AnnotatedSentence annotatedSentence, MeaningSpan span) {
    var text = annotatedSentence.text();

    return span.meaning() instanceof Word word
        && (word.isOf(Topic.TRAINTYPE) || word.is(Topic.KIND, "train"))
        && (Cues.KNOWN.precedes("where goods are used", text, span.start())
            || Cues.KNOWN.follows("where goods are used", text, span.end()))
        && annotatedSentence.names(Topic.PRODUCT)
        && !annotatedSentence.has(KnownPlace.class);
  }

  /** Returns all wish nouns of a sentence, in its order. */
  static List<WishNoun> all(AnnotatedSentence annotatedSentence) {
    return all(annotatedSentence, _ -> {});
  }

  /** Returns the nouns that only describe a wish: the coffee of "a charger that makes coffee". */
  static List<MeaningSpan> describing(AnnotatedSentence annotatedSentence) {
    var found = new ArrayList<MeaningSpan>();
    all(annotatedSentence, found::add);
    return found;
  }

  private static List<WishNoun> all(
      AnnotatedSentence annotatedSentence, Consumer<MeaningSpan> describing) {
    var wishNouns = new ArrayList<WishNoun>();
    for (var meaningSpan : annotatedSentence.marks()) {
      var wishNoun = wishNounOf(meaningSpan);
      if (wishNoun == null
          || (wishNoun.back() && isSingleJourney(annotatedSentence, meaningSpan))
          || isUse(annotatedSentence, meaningSpan)) {
        continue;
      }
      var last = wishNouns.isEmpty() ? null : wishNouns.getLast();
      if (last != null && isInRelativeClause(annotatedSentence, last, wishNoun)) {
        describing.accept(meaningSpan);
        continue;
      }
      if (last != null && isUseOf(annotatedSentence, last, wishNoun)) {
        continue;
      }
      if (last != null && nameSameWish(annotatedSentence, last, wishNoun)) {
        wishNouns.removeLast();
        wishNoun =
            new WishNoun(
                last.start(), wishNoun.end(), wishNoun.kind(), last.back() || wishNoun.back());
      }
      wishNouns.add(wishNoun);
    }
    // When a product is known, unknown words are no second wish unless they have a count of their
    // own: they are told as unread.
    var unknown =
        wishNouns.isEmpty()
            ? UnlistedProductReader.find(annotatedSentence)
            : UnlistedProductReader.findCounted(annotatedSentence);
    unknown.forEach(p -> wishNouns.add(new WishNoun(p.start(), p.end(), MerchantKind.SHOP, false)));
    wishNouns.sort(Comparator.comparingInt(WishNoun::start));
    addOutwardJourney(annotatedSentence, wishNouns);
    return wishNouns;
  }

  /** Tells whether the later noun only describes the earlier one; it is then no wish of its own. */
  private static boolean isInRelativeClause(
      AnnotatedSentence annotatedSentence, WishNoun earlier, WishNoun later) {
    return earlier.end() <= later.start()
        && Cues.KNOWN.fits(
            "relative clause", annotatedSentence.text().substring(earlier.end(), later.start()));
  }

  private static boolean isUseOf(
      AnnotatedSentence annotatedSentence, WishNoun goods, WishNoun later) {
    return goods.kind() == MerchantKind.SHOP
        && later.kind() == MerchantKind.SHOP
        && goods.end() <= later.start()
        && isDescription(annotatedSentence.text().substring(goods.end(), later.start()));
  }

  private static boolean isDescription(String between) {
    return Details.isUse(between) || Details.isPart(between);
  }

  /**
   * Returns whether "back" is part of a single journey: "from Shanghai back to Hangzhou" is one
   * way.
   */
  private static boolean isSingleJourney(AnnotatedSentence annotatedSentence, MeaningSpan back) {
    var marks = annotatedSentence.marks();
    boolean to =
        marks.stream()
            .anyMatch(
                m ->
                    isPlace(m)
                        && m.start() >= back.end()
                        && m.start() - back.end() <= " to the ".length());

    var before = marks.stream().filter(m -> m.end() <= back.start() && isPlace(m)).toList();
    // "Coming back from Shanghai to Hangzhou" names both ends, and no journey out.
    return to
        && (before.isEmpty()
            ? hasBothEnds(marks, back)
            : before.stream().allMatch(m -> hasRole(m, Meaning.Role.FROM)));
  }

  private static boolean hasBothEnds(List<MeaningSpan> marks, MeaningSpan back) {
    return Stream.of(Meaning.Role.FROM, Meaning.Role.TO)
        .allMatch(
            role -> marks.stream().anyMatch(m -> m.start() >= back.end() && hasRole(m, role)));
  }

  private static boolean isPlace(MeaningSpan span) {
    return span.meaning() instanceof KnownPlace;
  }

  private static boolean hasRole(MeaningSpan span, Meaning.Role role) {
    return span.meaning() instanceof KnownPlace place && place.role() == role;
  }

  /**
   * Adds the outward journey, which may have no noun of its own but only a place before the journey
   * back: 周五去上海周日回.
   */
  private static void addOutwardJourney(
      AnnotatedSentence annotatedSentence, List<WishNoun> wishNouns) {
    var train = wishNouns.stream().filter(h -> h.kind() == MerchantKind.TRAIN).findFirst();
    if (train.isEmpty() && !wishNouns.isEmpty()) {
      addTakenThere(annotatedSentence, wishNouns);
    }
    boolean isForStay =
        train.isPresent()
            && annotatedSentence.text().startsWith("train", train.get().start())
            && wishNouns.getFirst().kind() == MerchantKind.HOTEL;
    if (train.isEmpty() || !train.get().back() || isForStay) {
      // After a hotel, "and a train home" is a journey from there alone.
      return;
    }
    annotatedSentence.marks().stream()
        .filter(m -> isPlace(m) && !hasRole(m, Meaning.Role.FROM) && m.end() <= train.get().start())
        .findFirst()
        .ifPresent(
            m -> wishNouns.add(0, new WishNoun(m.start(), m.end(), MerchantKind.TRAIN, false)));
    wishNouns.sort(Comparator.comparingInt(WishNoun::start));
  }

  /** Adds the journey of "get me to Nanjing and find a bed", which has no noun of its own. */
  private static void addTakenThere(AnnotatedSentence annotatedSentence, List<WishNoun> wishNouns) {
    annotatedSentence.marks().stream()
        .filter(m -> isPlace(m) && m.end() <= wishNouns.getFirst().start())
        .filter(m -> Cues.KNOWN.precedes("takes there", annotatedSentence.text(), m.start()))
        .findFirst()
        .ifPresent(
            m -> wishNouns.addFirst(new WishNoun(m.start(), m.end(), MerchantKind.TRAIN, false)));
  }

  private static @Nullable WishNoun wishNounOf(MeaningSpan meaningSpan) {
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
    return MerchantKind.find(value).filter(MerchantKind::isTravel).orElse(null);
  }

  /**
   * Returns whether both nouns name one wish: "tea gift box" is one product, and so are "return
   * train" and "hotel room".
   */
  private static boolean nameSameWish(
      AnnotatedSentence annotatedSentence, WishNoun last, WishNoun next) {
    var between = annotatedSentence.text().substring(last.end(), next.start());
    // 牙刷牙膏各两支 names two goods.
    if (last.kind() != next.kind() || annotatedSentence.text().startsWith("各", next.end())) {
      return false;
    }
    return GLUE.matcher(between).matches()
        || (COMMA.matcher(between).matches()
            && Details.isGroup(annotatedSentence.text().substring(last.start(), last.end())));
  }
}
