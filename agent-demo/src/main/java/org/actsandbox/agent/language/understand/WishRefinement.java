package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.read.Meaning.HourShift;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.understand.draft.CityLandmark;
import org.actsandbox.agent.language.understand.draft.DraftFiller;
import org.actsandbox.agent.language.understand.draft.DraftFindings;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.Segment;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.agent.language.understand.draft.ShopDraftFiller;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Applies details that are said after wishes to the wishes for which they make sense. */
final class WishRefinement {

  private static final Pattern PRODUCT_GLUE =
      Pattern.compile(
          "^(?:(?:i want|i'd like|i need|buy|get|a|an|the|some|please|my)"
              + " )+|^(?:我?(?:想|要|买|购买)+(?:一?[个只把件双条本盒])?)|[.!。！]+$");
  private static final int MAX_TERMS = 60;
  private static final Pattern OTHER_WAY =
      Pattern.compile(
          "\\b(?:the )?other way (?:a)?round\\b|\\b(?:the )?(?:opposite|other|reverse)"
              + " direction\\b|反过来|反方向|方向反了|倒过来");

  /** One number in place of another, both without what they count. */
  private static final Pattern NUMBERS =
      Pattern.compile(
          "\\bnot (?:¥ ?)?(?<old>\\d+)(?: ?(?:yuan|rmb))?,? (?:but )?(?:¥"
              + " ?)?(?<new>\\d+)\\b|\\b(?<new2>\\d+)(?: ?(?:yuan|rmb))?,? (?:not|instead of) (?:¥"
              + " ?)?(?<old2>\\d+)\\b|不是(?<old3>\\d+)(?:[块元])?[，, ]*(?:而?是|要)(?<new3>\\d+)");

  private final AnnotatedSentence annotatedSentence;
  private final Situation situation;
  private final DraftFindings draftFindings;
  private final List<WishDraft> wishDrafts;
  private boolean changed;

  WishRefinement(
      AnnotatedSentence annotatedSentence, Situation situation, DraftFindings draftFindings) {
    this(
        annotatedSentence,
        situation,
        draftFindings,
        new ArrayList<>(situation.wishes().stream().map(WishDraft::of).toList()));
  }

  private WishRefinement(
      AnnotatedSentence annotatedSentence,
      Situation situation,
      DraftFindings draftFindings,
      List<WishDraft> wishDrafts) {
    this.annotatedSentence = annotatedSentence;
    this.situation = situation;
    this.draftFindings = draftFindings;
    this.wishDrafts = wishDrafts;
  }

  /** Returns the changed wishes; empty when nothing in the sentence changes a wish. */
  Optional<List<WishDraft>> changed() {
    budget();
    for (var wishDraft : wishDrafts) {
      details(wishDraft);
      shifts(wishDraft);
    }
    for (var draft : wishDrafts) {
      changed |=
          draft instanceof HotelDraft hotel
              && CityLandmark.fill(hotel, annotatedSentence.sentence());
    }
    for (var draft : wishDrafts) {
      changed |=
          draft instanceof ShopDraft shop
              && ProductComparison.apply(annotatedSentence.sentence(), situation, shop);
    }
    product();
    reverseDirection();
    replaceNumbers();
    describe();
    var left = withoutDropped(annotatedSentence, wishDrafts);
    changed |= left.size() < wishDrafts.size();
    return changed ? Optional.of(left) : Optional.empty();
  }

  /** Ours: more words than these are a sentence of their own and no feature. */
  private static final int MAX_FEATURE_WORDS = 3;

  private static final Pattern OF_A_SENTENCE =
      Pattern.compile(
          "\\b(?:i|you|it|we|they|is|are|was|were|do|does|did|can|could|what|why|how)\\b|[?\\p{IsHan}]");

  /** Takes a few unread words alone as a feature of the only product: "long sleeves". */
  private void describe() {
    var text = annotatedSentence.sentence().plain();
    if (changed
        || wishDrafts.size() != 1
        || !(wishDrafts.getFirst() instanceof ShopDraft shop)
        || shop.terms == null
        || !annotatedSentence.marks().isEmpty()
        || text.split(" ", -1).length > MAX_FEATURE_WORDS
        || OF_A_SENTENCE.matcher(text).find()) {
      return;
    }
    var words = UnreadWords.in(annotatedSentence.sentence(), 0, text.length());
    if (!words.isEmpty()) {
      annotatedSentence.sentence().use(0, text.length());
      shop.features.add(text.replaceAll("[.!,;]+", "").strip());
      changed = true;
    }
  }

  /** Moves the day or the hour of wishes that the sentence also names: "two tickets, and later". */
  static void shift(
      AnnotatedSentence annotatedSentence, Situation situation, List<WishDraft> wishDrafts) {
    var refinement =
        new WishRefinement(
            annotatedSentence, situation, new DraftFindings(situation.profile()), wishDrafts);
    wishDrafts.forEach(refinement::shifts);
  }

  private void reverseDirection() {
    var match = OTHER_WAY.matcher(annotatedSentence.sentence().plain());
    if (!match.find()) {
      return;
    }
    for (var draft : wishDrafts) {
      if (draft instanceof TrainDraft train) {
        var from = train.from;
        train.from = train.to;
        train.to = from;
        changed = true;
      }
    }
    annotatedSentence.sentence().claim(match.start(), match.end());
  }

  /**
   * Replaces a number: "not 100, 150" applies to the limit or count that was 100. Where nothing was
   * 100, the words stay unread.
   */
  private void replaceNumbers() {
    var match = NUMBERS.matcher(annotatedSentence.sentence().plain());
    while (match.find()) {
      var old = first(match, "old", "old2", "old3");
      var replacement = first(match, "new", "new2", "new3");
      for (var draft : wishDrafts) {
        if (limit(draft, old + ".00", replacement + ".00") || count(draft, old, replacement)) {
          changed = true;
          annotatedSentence.sentence().claim(match.start(), match.end());
        }
      }
    }
  }

  private static String first(Matcher match, String... groups) {
    return Stream.of(groups).map(match::group).filter(Objects::nonNull).findFirst().orElseThrow();
  }

  /**
   * Returns whether the limit was the old number or, when it was read as a limit of its own,
   * already the new one.
   */
  private static boolean limit(WishDraft draft, String old, String replacement) {
    return switch (draft) {
      case TrainDraft train when isEither(train.maxPrice, old, replacement) -> {
        train.maxPrice = replacement;
        yield true;
      }
      case HotelDraft hotel when isEither(hotel.maxPerNight, old, replacement) -> {
        hotel.maxPerNight = replacement;
        yield true;
      }
      case ShopDraft shop when isEither(shop.maxPrice, old, replacement) -> {
        shop.maxPrice = replacement;
        yield true;
      }
      default -> false;
    };
  }

  private static boolean count(WishDraft draft, String old, String replacement) {
    var number = Numerals.whole(replacement).orElse(0);
    return switch (draft) {
      case TrainDraft train when old.equals(String.valueOf(train.passengers)) -> {
        train.passengers = number;
        yield true;
      }
      case ShopDraft shop when old.equals(String.valueOf(shop.quantity)) -> {
        shop.quantity = number;
        yield true;
      }
      default -> false;
    };
  }

  private static boolean isEither(@Nullable String limit, String old, String replacement) {
    return old.equals(limit) || replacement.equals(limit);
  }

  /** Returns the wishes that the sentence does not drop; the last one stays. */
  static List<WishDraft> withoutDropped(
      AnnotatedSentence annotatedSentence, List<WishDraft> wishDrafts) {
    var left = new ArrayList<>(wishDrafts);
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Word word && word.negated()) {
        left.removeIf(wishDraft -> namesWish(word, wishDraft));
      } else if (meaningSpan.meaning() instanceof Word word
          && isAlone(annotatedSentence.sentence().plain(), meaningSpan)
          && wishDrafts.stream().anyMatch(wishDraft -> namesWish(word, wishDraft))) {
        left.removeIf(wishDraft -> !namesWish(word, wishDraft));
      }
    }
    return left.isEmpty() ? wishDrafts : left;
  }

  private static final Pattern ALONE_BEFORE =
      Pattern.compile(
          "\\b(?:only|just|nothing but|(?:everything|all) (?:but|except)|keep)(?: (?:i |we )?(?:need|want|book|buy|order|take|get|keep|for))*(?: (?:the|a|an|my|that))? $");

  private static final Pattern ALONE_AFTER =
      Pattern.compile(
          "^ (?:(?:is|are|will be|would be) (?:enough|sufficient)|alone|only)\\b(?! (?:if|when|with|at|for|one)).*");

  /** Returns whether the word names all that is still wanted: "only the train". */
  private static boolean isAlone(String text, MeaningSpan word) {
    var before = ALONE_BEFORE.matcher(text).region(0, word.start());
    return (before.find() && !before.group().matches("(?:everything|all).*"))
        || ALONE_AFTER.matcher(text.substring(word.end())).matches();
  }

  private static boolean namesWish(Word word, WishDraft wishDraft) {
    return switch (wishDraft) {
      case TrainDraft _ -> word.topic() == Topic.KIND && word.value().equals("train");
      case HotelDraft _ -> word.topic() == Topic.KIND && word.value().equals("hotel");
      case ShopDraft shop -> word.topic() == Topic.PRODUCT && word.value().equals(shop.category);
    };
  }

  private void budget() {
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Cost cost && isBudget(cost)) {
        draftFindings.budget = Budget.of(cost.max());
        changed = true;
      }
    }
  }

  private boolean isBudget(Cost cost) {
    return cost.scope() == Scope.TOTAL || (cost.scope() == Scope.OPEN && wishDrafts.size() > 1);
  }

  private void details(WishDraft wishDraft) {
    var segment = new Segment(wishDraft.kind(), false, false);
    segment.stretches.add(new int[] {0, annotatedSentence.sentence().plain().length()});
    annotatedSentence.marks().stream()
        .filter(meaningSpan -> concerns(meaningSpan, wishDraft))
        .map(this::asAnswer)
        .forEach(segment.meaningSpans::add);
    if (segment.meaningSpans.isEmpty()
        && wishDraft instanceof ShopDraft shop
        && shop.terms != null) {
      measures(shop, segment);
    } else if (!segment.meaningSpans.isEmpty()) {
      int gaps = draftFindings.clarifications.size();
      wishDraft.update(DraftFiller.fill(segment, annotatedSentence, draftFindings));
      changed |=
          gaps < draftFindings.clarifications.size()
              || segment.meaningSpans.stream().anyMatch(m -> isChange(m.meaning()));
    }
  }

  /** Reads a measure alone, such as "65 watts", as a feature of the wished product. */
  private void measures(ShopDraft shop, Segment segment) {
    var said = ShopDraftFiller.fill(segment, annotatedSentence, draftFindings);
    if (said.features.stream().anyMatch(KnownWords::isFeature)) {
      shop.update(said);
      changed = true;
    }
  }

  private boolean concerns(MeaningSpan meaningSpan, WishDraft wishDraft) {
    if (meaningSpan.meaning() instanceof Cost cost && isBudget(cost)) {
      return false;
    }
    if (meaningSpan.meaning() instanceof Day && isDated(wishDraft) && hasWishWithoutDay()) {
      return false;
    }
    if (meaningSpan.meaning() instanceof Count(Unit unit, int _)
        && unit == Unit.ANY
        && wishDraft.kind() == MerchantKind.HOTEL
        && wishDrafts.size() > 1) {
      return false;
    }
    boolean journeysDay =
        meaningSpan.meaning() instanceof Day
            && wishDraft.kind() == MerchantKind.SHOP
            && wishDrafts.size() > 1;
    return DetailKinds.kinds(meaningSpan).contains(wishDraft.kind()) && !journeysDay;
  }

  /** Returns whether a wish has no day yet; the answer to "when" is then for this wish. */
  private boolean hasWishWithoutDay() {
    return wishDrafts.stream().anyMatch(d -> !isDated(d) && d.kind() != MerchantKind.SHOP);
  }

  private static boolean isDated(WishDraft wishDraft) {
    return switch (wishDraft) {
      case TrainDraft train -> train.date != null;
      case HotelDraft hotel -> hotel.checkIn != null;
      case ShopDraft _ -> true;
    };
  }

  private static boolean isChange(Meaning meaning) {
    return !(meaning instanceof DayShift || meaning instanceof HourShift)
        && !(meaning instanceof Word word && word.topic() == Topic.KIND);
  }

  /** Reads a bare place as the answer to the open question. */
  private MeaningSpan asAnswer(MeaningSpan meaningSpan) {
    if (situation.asked().contains("guests")
        && meaningSpan.meaning() instanceof Count(Unit unit, int number)
        && unit == Unit.ANY) {
      return new MeaningSpan(
          meaningSpan.start(), meaningSpan.end(), new Count(Unit.PEOPLE, number));
    }
    boolean origin = situation.asked().contains("from") && !situation.asked().contains("to");
    if (origin
        && meaningSpan.meaning() instanceof Meaning.KnownPlace spot
        && (spot.role() == Role.NONE || spot.role() == Role.IN)) {
      return new MeaningSpan(
          meaningSpan.start(),
          meaningSpan.end(),
          new Meaning.KnownPlace(spot.places(), Role.FROM, spot.words()));
    }
    return meaningSpan;
  }

  private void shifts(WishDraft wishDraft) {
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof DayShift shift) {
        shift(wishDraft, shift.days());
      } else if (meaningSpan.meaning() instanceof HourShift shift
          && wishDraft instanceof TrainDraft train) {
        changed = true;
        // "Later, around noon" names its hour.
        if (annotatedSentence.marks().stream().noneMatch(mark -> mark.meaning() instanceof Hours)) {
          if (shift.minutes() > 0) {
            shiftBy(train, shift.later() ? shift.minutes() : -shift.minutes());
          } else {
            shift(train, shift.later());
          }
        }
      }
    }
  }

  private void shift(WishDraft wishDraft, int days) {
    switch (wishDraft) {
      case TrainDraft train when train.date != null -> {
        train.date = train.date.plusDays(days);
        train.latestDate = null;
        changed = true;
      }
      case HotelDraft hotel when hotel.checkIn != null -> {
        hotel.checkIn = hotel.checkIn.plusDays(days);
        changed = true;
      }
      default -> {}
    }
  }

  /** Moves the hours of the wish, or else the departure shown, and keeps them within the day. */
  private void shiftBy(TrainDraft train, int minutes) {
    if (train.departAfter == null
        && train.departBefore == null
        && train.arriveAfter == null
        && train.arriveBefore == null) {
      var shown = shownDeparture();
      if (shown == null) {
        return;
      }
      train.departAfter = moved(shown, minutes - AROUND_MINUTES);
      train.departBefore = moved(shown, minutes + AROUND_MINUTES);
      return;
    }
    train.departAfter = train.departAfter == null ? null : moved(train.departAfter, minutes);
    train.departBefore = train.departBefore == null ? null : moved(train.departBefore, minutes);
    train.arriveAfter = train.arriveAfter == null ? null : moved(train.arriveAfter, minutes);
    train.arriveBefore = train.arriveBefore == null ? null : moved(train.arriveBefore, minutes);
  }

  private static LocalTime moved(LocalTime time, int minutes) {
    int moved = Math.clamp(time.toSecondOfDay() / 60 + minutes, 0, LAST_MINUTE);
    return LocalTime.of(moved / 60, moved % 60);
  }

  private static final int AROUND_MINUTES = 30;

  private static final int LAST_MINUTE = 24 * 60 - 1;

  private void shift(TrainDraft train, boolean later) {
    var shownDeparture = shownDeparture();
    var lower = train.departAfter;
    var upper = train.departBefore;
    train.arriveAfter = null;
    train.arriveBefore = null;
    if (later) {
      var from =
          shownDeparture != null
              ? shownDeparture.plusMinutes(1)
              : upper != null ? upper : lower != null ? lower.plusHours(1) : LocalTime.NOON;
      train.departAfter = from;
      train.departBefore = null;
      train.sort = null;
    } else {
      var to =
          shownDeparture != null && shownDeparture.isAfter(LocalTime.MIN)
              ? shownDeparture.minusMinutes(1)
              : lower != null ? lower : upper != null ? upper.minusHours(1) : LocalTime.NOON;
      train.departAfter = null;
      train.departBefore = to;
      train.sort = null;
    }
  }

  /** Returns the departure of the recommended train, or of the first one shown. */
  private @Nullable LocalTime shownDeparture() {
    var trains = situation.offers().stream().filter(o -> o.departs() != null).toList();
    return trains.stream()
        .filter(ShownOffer::recommended)
        .findFirst()
        .or(() -> trains.stream().findFirst())
        .map(ShownOffer::departs)
        .map(departs -> departs.toLocalTime())
        .orElse(null);
  }

  private void product() {
    if (!situation.asked().contains("product")) {
      return;
    }
    for (var wishDraft : wishDrafts) {
      if (wishDraft instanceof ShopDraft shop && shop.terms == null) {
        var words = annotatedSentence.sentence().original();
        while (PRODUCT_GLUE.matcher(words).find()) {
          words = PRODUCT_GLUE.matcher(words).replaceFirst("").strip();
        }
        if (!words.isEmpty() && words.length() <= MAX_TERMS) {
          shop.terms = words;
          changed = true;
        }
      }
    }
  }
}
