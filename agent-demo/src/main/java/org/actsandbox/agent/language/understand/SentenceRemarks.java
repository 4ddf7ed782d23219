package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Asides;
import org.actsandbox.agent.language.read.FlightReason;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.UnknownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.read.WordReader;
import org.actsandbox.agent.language.understand.draft.DraftFindings;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Finds the words of a sentence that its wishes do not hold. */
final class SentenceRemarks {

  /** Ours: an answer names at most this many, because principals do not read more. */
  private static final int MAX_NAMED = 6;

  private final AnnotatedSentence annotated;
  private final Set<MerchantKind> kinds = EnumSet.noneOf(MerchantKind.class);
  private final List<WishDraft> drafts;
  private final Lang lang;
  private final Set<String> unsupported = new LinkedHashSet<>();
  private final Set<String> unread = new LinkedHashSet<>();

  private final Map<String, List<String>> assumed;

  private SentenceRemarks(
      AnnotatedSentence annotated,
      List<WishDraft> drafts,
      Map<String, List<String>> assumed,
      Lang lang) {
    this.annotated = annotated;
    this.assumed = assumed;
    this.lang = lang;
    this.drafts = drafts;
    drafts.forEach(draft -> kinds.add(draft.kind()));
  }

  static List<Remark> of(
      AnnotatedSentence annotated, List<WishDraft> drafts, DraftFindings limits, Lang lang) {
    var found = new SentenceRemarks(annotated, drafts, limits.assumed, lang);
    // The wishes that no merchant can be asked for come first, because they explain other words.
    annotated.marks().stream()
        .sorted(Comparator.comparing(mark -> !mark.isWord(Topic.UNSUPPORTED)))
        .forEach(found::examine);
    WishNoun.describing(annotated).forEach(mark -> found.unread.add(found.words(mark)));
    var sentence = annotated.sentence();
    UnreadWords.in(sentence, 0, sentence.plain().length())
        .forEach(stretch -> found.unread.add(stretch.words()));
    var remarks = new ArrayList<Remark>();
    found.unsupported.stream()
        .limit(MAX_NAMED)
        .forEach(name -> remarks.add(new Remark(Remark.Type.UNSUPPORTED, name)));
    found.unread.stream()
        .limit(MAX_NAMED)
        .forEach(words -> remarks.add(new Remark(Remark.Type.UNREAD, words)));
    limits.assumed.forEach(
        (key, arguments) ->
            remarks.add(
                new Remark(
                    Remark.Type.ASSUMED,
                    QuestionText.text(
                        key,
                        lang,
                        arguments.stream()
                            .map(each -> QuestionText.localNames(each, lang))
                            .toArray()))));
    return remarks;
  }

  private void examine(MeaningSpan mark) {
    switch (mark.meaning()) {
      case Word word when word.topic() == Topic.UNSUPPORTED -> unsupported(word, mark);
      case Word word when word.topic() == Topic.SORT -> {
        sort(word);
        rank(mark);
      }
      // No hotel is asked for all rooms but one kind, or for a number of stars at most.
      case Word word when word.topic() == Topic.ROOM && word.negated() && hasHotel() ->
          unsupported.add(deniedWords(mark));
      case Count count
          when count.unit() == Unit.STARS
              && hasHotel()
              && WordReader.denial(annotated.text(), mark.start()).isPresent() ->
          unsupported.add(deniedWords(mark));
      // The answer says what it assumed about children.
      case Word word
          when word.topic().isDetail() && belongsToNoWish(mark) && !isToldAsChild(word) ->
          unread.add(word.words());

      case Word word
          when word.is(Topic.KIND, "foreign")
              && !(FlightReason.isReason(annotated.text()) && annotated.has(Hours.class))
              && !isInFeature(mark) ->
          unread.add(word.words());
      case Count count
          when count.unit() == Unit.PEOPLE
              && kinds.equals(EnumSet.of(MerchantKind.SHOP))
              && !isInFeature(mark) ->
          unread.add(words(mark));
      case ExcludedPlace place when isInAnyCityOf(place) && !place.words().endsWith("家") ->
          unread.add(place.words());
      case Hours _ when kinds.equals(EnumSet.of(MerchantKind.SHOP)) && !words(mark).equals("一点") ->
          unread.add(words(mark));
      case Hours hours
          when kinds.equals(EnumSet.of(MerchantKind.HOTEL))
              && isHourOfDay(hours)
              && !Asides.contains(annotated.sentence(), mark)
              && !unsupported.contains(lateArrival()) -> {
        if (isLate(hours)) {
          unsupported.add(lateArrival());
        } else {
          unread.add(words(mark));
        }
      }
      case KnownPlace spot when kinds.equals(EnumSet.of(MerchantKind.SHOP)) ->
          unread.add(spot.words());
      case UnknownPlace unknownPlace
          when kinds.equals(EnumSet.of(MerchantKind.SHOP)) && unknownPlace.role() != Role.FROM ->
          unread.add(unknownPlace.words());
      case UnknownPlace unknownPlace
          when kinds.equals(EnumSet.of(MerchantKind.TRAIN)) && unknownPlace.role() == Role.IN ->
          unread.add(unknownPlace.words());
      default -> {}
    }
  }

  /** Returns whether a feature of goods has the words: "a tent for two people". */
  private boolean isInFeature(MeaningSpan mark) {
    var words = words(mark).toLowerCase(Locale.ROOT);
    return drafts.stream()
        .anyMatch(
            draft ->
                draft instanceof ShopDraft shop
                    && (shop.features.stream().anyMatch(feature -> feature.contains(words))
                        || (shop.terms != null && shop.terms.contains(words))));
  }

  private boolean hasHotel() {
    return kinds.contains(MerchantKind.HOTEL);
  }

  /** Returns the words with those that deny them: "not a twin room". */
  private String deniedWords(MeaningSpan mark) {
    int start = WordReader.denial(annotated.text(), mark.start()).orElse(mark.start());
    return annotated.sentence().original().substring(start, mark.end()).strip();
  }

  private boolean isToldAsChild(Word word) {
    return word.value().equals("kids") && assumed.containsKey("assumed.child_fare");
  }

  /** A late arrival is named as such, and its hour need not be named again. */
  private String lateArrival() {
    return UnsupportedWish.find(UnsupportedWish.LATE_ARRIVAL)
        .map(wish -> wish.name().in(lang.code()))
        .orElse("");
  }

  private static final LocalTime LATE = LocalTime.of(20, 0);

  private static boolean isLate(Hours hours) {
    return (hours.departAfter() != null && !hours.departAfter().isBefore(LATE))
        || (hours.arriveAfter() != null && !hours.arriveAfter().isBefore(LATE));
  }

  /** No hotel is asked for an hour; an arrival after midnight moves the stay instead. */
  private static boolean isHourOfDay(Hours hours) {
    var latest = hours.departBefore() != null ? hours.departBefore() : hours.arriveBefore();
    return !hours.partOfDay() && (latest == null || latest.isAfter(LocalTime.of(6, 0)));
  }

  /**
   * Returns whether the excluded place is in a city of the wishes: "to Shanghai, but not Hongqiao".
   * No merchant can be asked for all stations but one.
   */
  private boolean isInAnyCityOf(ExcludedPlace excluded) {
    if (excluded.places().isEmpty()) {
      return true;
    }
    var cities = drafts.stream().flatMap(SentenceRemarks::places).map(SentenceRemarks::city);
    return cities.anyMatch(
        city -> excluded.places().stream().anyMatch(place -> place.city().equals(city)));
  }

  private static Stream<String> places(WishDraft draft) {

    return Stream.of("from", "to", "city")
        .flatMap(
            slot -> draft.get(slot) instanceof String place ? Stream.of(place) : Stream.empty());
  }

  private static String city(String wire) {
    return PlaceNames.china().findByWireName(wire).map(Place::city).orElse(wire);
  }

  /** "A meeting room is not needed" wishes for none. */
  private boolean isNotNeeded(MeaningSpan mark) {
    return Cues.KNOWN.after("not needed", annotated.text(), mark.end()).matches();
  }

  /** Returns whether "a bigger one" was measured against the product that is shown. */
  private boolean isMeasured(MeaningSpan mark) {
    return annotated.sentence().isChinese()
        && WishDraft.all(drafts, ShopDraft.class)
            .anyMatch(shop -> shop.features.stream().anyMatch(f -> MeasureLimit.of(f).isPresent()))
        && Stream.of("bigger", "smaller")
            .anyMatch(size -> Cues.KNOWN.occurs(size, annotated.text().substring(mark.start())));
  }

  private void unsupported(Word word, MeaningSpan mark) {
    var wish = UnsupportedWish.find(word.value());
    if (wish.isEmpty() || isNotNeeded(mark) || isMeasured(mark)) {
      return;
    }
    boolean isRelevant = wish.get().kinds().stream().anyMatch(kinds::contains);
    if (isRelevant) {
      var name = wish.get().name().in(lang.code());
      boolean isOneOfMany = name.startsWith("a certain ") || name.startsWith("指定");
      unsupported.add(isOneOfMany ? name + " (" + word.words() + ")" : name);
    } else {
      unread.add(word.words());
    }
  }

  /** Notes a sort order that no merchant of these kinds knows. */
  private void sort(Word word) {
    var kindsWithOrder =
        switch (word.value()) {
          case "earliest", "latest" -> EnumSet.of(MerchantKind.TRAIN);
          case "fastest" -> EnumSet.of(MerchantKind.TRAIN, MerchantKind.SHOP);
          case "quietest" -> EnumSet.of(MerchantKind.HOTEL, MerchantKind.SHOP);
          case "nearest" -> EnumSet.of(MerchantKind.HOTEL);
          default -> MerchantKind.WITH_OFFERS;
        };
    if (kindsWithOrder.stream().noneMatch(kinds::contains) || word.negated()) {
      unread.add(word.words());
    }
  }

  /**
   * Notes a rank such as "the second cheapest": platforms are asked only for the first of an order.
   */
  private void rank(MeaningSpan mark) {
    var before = Cues.KNOWN.before("rank", annotated.text(), mark.start());
    if (before.find()) {
      unread.add(before.group().strip() + " " + words(mark));
    }
  }

  private boolean belongsToNoWish(MeaningSpan mark) {
    return mark.kinds().stream().noneMatch(kinds::contains);
  }

  private String words(MeaningSpan mark) {
    return annotated.words(mark);
  }
}
