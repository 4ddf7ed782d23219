package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.UnknownPlace;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Finds the words of a sentence that the wishes made of it do not hold. */
final class SentenceRemarks {

  /** Ours: an answer that names more than these is read by no one. */
  private static final int MAX_NAMED = 6;

  private static final Pattern RANK =
      Pattern.compile("(?:\\b(?:second|third|fourth|2nd|3rd|next) |第[二三四])$");

  private final AnnotatedSentence reading;
  private final Set<MerchantKind> kinds = EnumSet.noneOf(MerchantKind.class);
  private final List<WishDraft> drafts;
  private final Lang lang;
  private final Set<String> unsupported = new LinkedHashSet<>();
  private final Set<String> unread = new LinkedHashSet<>();

  private SentenceRemarks(AnnotatedSentence reading, List<WishDraft> drafts, Lang lang) {
    this.reading = reading;
    this.lang = lang;
    this.drafts = drafts;
    drafts.forEach(draft -> kinds.add(draft.kind()));
  }

  static List<Remark> of(
      AnnotatedSentence reading, List<WishDraft> drafts, DraftFindings limits, Lang lang) {
    var found = new SentenceRemarks(reading, drafts, lang);
    reading.marks().forEach(found::look);
    var sentence = reading.sentence();
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
                    Remark.Type.ASSUMED, QuestionText.text(key, lang, arguments.toArray()))));
    return remarks;
  }

  private void look(MeaningSpan mark) {
    switch (mark.meaning()) {
      case Word word when word.topic() == Topic.UNSUPPORTED -> unsupported(word);
      case Word word when word.topic() == Topic.SORT -> {
        sort(word);
        rank(mark);
      }
      case Word word when isDetail(word) && isOfNoWish(mark) -> unread.add(word.words());
      case Word word when word.topic() == Topic.KIND && word.value().equals("foreign") ->
          unread.add(word.words());
      case ExcludedPlace place when isInAnyCityOf(place) -> unread.add(place.words());
      case Hours _ when kinds.equals(EnumSet.of(MerchantKind.SHOP)) && !words(mark).equals("一点") ->
          unread.add(words(mark));
      case KnownPlace spot when kinds.equals(EnumSet.of(MerchantKind.SHOP)) ->
          unread.add(spot.words());
      case UnknownPlace lost
          when kinds.equals(EnumSet.of(MerchantKind.SHOP)) && lost.role() != Role.FROM ->
          unread.add(lost.words());
      default -> {}
    }
  }

  /** "To Shanghai, but not Hongqiao": no merchant can be asked for all stations but one. */
  private boolean isInAnyCityOf(ExcludedPlace excluded) {
    if (excluded.places().isEmpty()) {
      return true;
    }
    var cities = drafts.stream().flatMap(SentenceRemarks::places).map(SentenceRemarks::city);
    return cities.anyMatch(
        city -> excluded.places().stream().anyMatch(place -> place.city().equals(city)));
  }

  private static Stream<String> places(WishDraft draft) {
    return switch (draft) {
      case TrainDraft train -> Stream.of(train.from, train.to).filter(Objects::nonNull);
      case HotelDraft hotel -> Stream.ofNullable(hotel.city);
      case ShopDraft _ -> Stream.empty();
    };
  }

  private static String city(String wire) {
    return PlaceNames.china().findByWireName(wire).map(Place::city).orElse(wire);
  }

  private void unsupported(Word word) {
    var wish = UnsupportedWish.named(word.value());
    if (wish.isEmpty()) {
      return;
    }
    boolean concerns = wish.get().kinds().stream().anyMatch(kinds::contains);
    if (concerns) {
      unsupported.add(wish.get().name().in(lang.code()));
    } else {
      unread.add(word.words());
    }
  }

  /** An order that no merchant of these kinds knows. */
  private void sort(Word word) {
    var of =
        switch (word.value()) {
          case "earliest", "latest" -> EnumSet.of(MerchantKind.TRAIN);
          case "fastest" -> EnumSet.of(MerchantKind.TRAIN, MerchantKind.SHOP);
          case "quietest", "nearest" -> EnumSet.of(MerchantKind.HOTEL);
          default -> MerchantKind.WITH_OFFERS;
        };
    if (of.stream().noneMatch(kinds::contains) || word.negated()) {
      unread.add(word.words());
    }
  }

  /** "The second cheapest": platforms are asked for the first of an order alone. */
  private void rank(MeaningSpan mark) {
    var before = RANK.matcher(reading.sentence().plain()).region(0, mark.start());
    if (before.find()) {
      unread.add(before.group().strip() + " " + words(mark));
    }
  }

  private static boolean isDetail(Word word) {
    return switch (word.topic()) {
      case CLASS, SEAT, TRAINTYPE, BREAKFAST, CANCEL, FEATURE, BRAND, ROOM -> true;
      case KIND, SORT, RETURN, PLACE, DIRECT, PRODUCT, UNSUPPORTED -> false;
    };
  }

  private boolean isOfNoWish(MeaningSpan mark) {
    return DetailKinds.kinds(mark).stream().noneMatch(kinds::contains);
  }

  private String words(MeaningSpan mark) {
    return reading.sentence().original().substring(mark.start(), mark.end()).strip();
  }
}
