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
  private static boolean isUse(AnnotatedSentence annotated, MeaningSpan span) {
    var text = annotated.text();

    return span.meaning() instanceof Word word
        && (word.isOf(Topic.TRAINTYPE) || word.is(Topic.KIND, "train"))
        && (Cues.KNOWN.precedes("where goods are used", text, span.start())
            || Cues.KNOWN.follows("where goods are used", text, span.end()))
        && annotated.names(Topic.PRODUCT)
        && !annotated.has(KnownPlace.class);
  }

  /** Returns all wish nouns of a sentence, in its order. */
  static List<WishNoun> all(AnnotatedSentence annotated) {
    return all(annotated, _ -> {});
  }

  /** Returns the nouns that only describe a wish: the coffee of "a charger that makes coffee". */
  static List<MeaningSpan> describing(AnnotatedSentence annotated) {
    var found = new ArrayList<MeaningSpan>();
    all(annotated, found::add);
    return found;
  }

  private static List<WishNoun> all(AnnotatedSentence annotated, Consumer<MeaningSpan> describing) {
    var nouns = new ArrayList<WishNoun>();
    for (var span : annotated.marks()) {
      var noun = wishNounOf(span);
      if (noun == null
          || (noun.back() && isSingleJourney(annotated, span))
          || isUse(annotated, span)) {
        continue;
      }
      var last = nouns.isEmpty() ? null : nouns.getLast();
      if (last != null && isInRelativeClause(annotated, last, noun)) {
        describing.accept(span);
        continue;
      }
      if (last != null && isUseOf(annotated, last, noun)) {
        continue;
      }
      if (last != null && nameSameWish(annotated, last, noun)) {
        nouns.removeLast();
        noun = new WishNoun(last.start(), noun.end(), noun.kind(), last.back() || noun.back());
      }
      nouns.add(noun);
    }
    // When a product is known, unknown words are no second wish unless they have a count of their
    // own: they are told as unread.
    var unknown =
        nouns.isEmpty()
            ? UnlistedProductReader.find(annotated)
            : UnlistedProductReader.findCounted(annotated);
    unknown.forEach(p -> nouns.add(new WishNoun(p.start(), p.end(), MerchantKind.SHOP, false)));
    nouns.sort(Comparator.comparingInt(WishNoun::start));
    addOutwardJourney(annotated, nouns);
    return nouns;
  }

  /** Tells whether the later noun only describes the earlier one; it is then no wish of its own. */
  private static boolean isInRelativeClause(
      AnnotatedSentence annotated, WishNoun earlier, WishNoun later) {
    return earlier.end() <= later.start()
        && Cues.KNOWN.fits(
            "relative clause", annotated.text().substring(earlier.end(), later.start()));
  }

  private static boolean isUseOf(AnnotatedSentence annotated, WishNoun goods, WishNoun later) {
    return goods.kind() == MerchantKind.SHOP
        && later.kind() == MerchantKind.SHOP
        && goods.end() <= later.start()
        && isDescription(annotated.text().substring(goods.end(), later.start()));
  }

  private static boolean isDescription(String between) {
    return Details.isUse(between) || Details.isPart(between);
  }

  /**
   * Returns whether "back" is part of a single journey: "from Shanghai back to Hangzhou" is one
   * way.
   */
  private static boolean isSingleJourney(AnnotatedSentence annotated, MeaningSpan back) {
    var marks = annotated.marks();
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
  private static void addOutwardJourney(AnnotatedSentence annotated, List<WishNoun> nouns) {
    var train = nouns.stream().filter(h -> h.kind() == MerchantKind.TRAIN).findFirst();
    if (train.isEmpty() && !nouns.isEmpty()) {
      addTakenThere(annotated, nouns);
    }
    boolean isForStay =
        train.isPresent()
            && annotated.text().startsWith("train", train.get().start())
            && nouns.getFirst().kind() == MerchantKind.HOTEL;
    if (train.isEmpty() || !train.get().back() || isForStay) {
      // After a hotel, "and a train home" is a journey from there alone.
      return;
    }
    annotated.marks().stream()
        .filter(m -> isPlace(m) && !hasRole(m, Meaning.Role.FROM) && m.end() <= train.get().start())
        .findFirst()
        .ifPresent(m -> nouns.add(0, new WishNoun(m.start(), m.end(), MerchantKind.TRAIN, false)));
    nouns.sort(Comparator.comparingInt(WishNoun::start));
  }

  /** Adds the journey of "get me to Nanjing and find a bed", which has no noun of its own. */
  private static void addTakenThere(AnnotatedSentence annotated, List<WishNoun> nouns) {
    annotated.marks().stream()
        .filter(m -> isPlace(m) && m.end() <= nouns.getFirst().start())
        .filter(m -> Cues.KNOWN.precedes("takes there", annotated.text(), m.start()))
        .findFirst()
        .ifPresent(
            m -> nouns.addFirst(new WishNoun(m.start(), m.end(), MerchantKind.TRAIN, false)));
  }

  private static @Nullable WishNoun wishNounOf(MeaningSpan span) {
    if (!(span.meaning() instanceof Word word) || word.negated()) {
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
        : new WishNoun(span.start(), span.end(), merchantKind, word.topic() == Topic.RETURN);
  }

  private static @Nullable MerchantKind kindNamed(String value) {
    return MerchantKind.find(value).filter(MerchantKind::isTravel).orElse(null);
  }

  /**
   * Returns whether both nouns name one wish: "tea gift box" is one product, and so are "return
   * train" and "hotel room".
   */
  private static boolean nameSameWish(AnnotatedSentence annotated, WishNoun last, WishNoun next) {
    var between = annotated.text().substring(last.end(), next.start());
    // 牙刷牙膏各两支 names two goods.
    if (last.kind() != next.kind() || annotated.text().startsWith("各", next.end())) {
      return false;
    }
    return GLUE.matcher(between).matches()
        || (COMMA.matcher(between).matches()
            && Details.isGroup(annotated.text().substring(last.start(), last.end())));
  }
}
