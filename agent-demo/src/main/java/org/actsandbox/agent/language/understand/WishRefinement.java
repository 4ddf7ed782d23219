package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.read.Meaning.HourShift;
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

  private static final int MAX_TERMS = 60;
  private static final List<String> LIMITS = List.of("maxPrice", "maxPerNight");
  private static final List<String> COUNTS = List.of("passengers", "quantity");

  private final AnnotatedSentence annotatedSentence;
  private final Situation situation;
  private final DraftFindings draftFindings;
  private final List<WishDraft> wishDrafts;
  private final List<WishDraft> waysBack = new ArrayList<>();
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
    var shift = new WishShift(annotatedSentence, situation);
    waysBack.addAll(wishDrafts.stream().filter(this::isWayBack).toList());
    for (var wishDraft : wishDrafts) {
      if (wishDraft instanceof TrainDraft && isOnlyOutward() && wishDraft != firstJourney()) {
        continue;
      }
      details(wishDraft);
      changed |= shift.apply(wishDraft);
    }
    KeptWishes.returnAfterArrival(annotatedSentence.text(), wishDrafts);

    var sentence = annotatedSentence.sentence();
    for (var hotel : WishDraft.all(wishDrafts, HotelDraft.class).toList()) {
      changed |= CityLandmark.fill(hotel, sentence);
    }
    for (var shop : WishDraft.all(wishDrafts, ShopDraft.class).toList()) {
      changed |= ProductComparison.apply(sentence, situation, shop);
    }
    product();
    reverseDirection();
    replaceNumbers();
    describe();
    var left = KeptWishes.withoutDropped(annotatedSentence, wishDrafts);
    changed |= KeptWishes.onlyWanted(annotatedSentence, left).size() < wishDrafts.size();
    return changed ? Optional.of(left) : Optional.empty();
  }

  private boolean isOnlyOutward() {
    return Cues.KNOWN.occurs("only the way there", annotatedSentence.text());
  }

  private @Nullable WishDraft firstJourney() {
    return wishDrafts.stream().filter(TrainDraft.class::isInstance).findFirst().orElse(null);
  }

  /** Ours: more words than these are a sentence of their own and no feature. */
  private static final int MAX_FEATURE_WORDS = 3;

  /** Takes a few unread words alone as a feature of the only product: "long sleeves". */
  private void describe() {
    var text = annotatedSentence.text();
    if (changed
        || wishDrafts.size() != 1
        || !(wishDrafts.getFirst() instanceof ShopDraft shop)
        || shop.terms == null
        || !annotatedSentence.marks().isEmpty()
        || describeWithAbility(shop)
        || text.split(" ", -1).length > MAX_FEATURE_WORDS
        || Cues.KNOWN.occurs("of a sentence", text)) {
      return;
    }
    var words = UnreadWords.in(annotatedSentence.sentence(), 0, text.length());
    if (!words.isEmpty()) {
      annotatedSentence.use(0, text.length());
      shop.features.add(text.replaceAll("[.!,;]+", "").strip());
      changed = true;
    }
  }

  /** Takes a part as a feature of the only product: "with a USB port", 带USB口的. */
  private boolean describeWithAbility(ShopDraft shop) {
    var match = Cues.KNOWN.whole("part of the goods", annotatedSentence.text());
    if (!match.matches()) {
      return false;
    }
    int group = match.group(1) == null ? 2 : 1;
    annotatedSentence.use(0, annotatedSentence.text().length());
    shop.features.add(match.group(group).strip());
    changed = true;
    return true;
  }

  private void reverseDirection() {
    var match = Cues.KNOWN.anywhere("other way", annotatedSentence.text());
    if (!match.find()) {
      return;
    }

    for (var train : WishDraft.all(wishDrafts, TrainDraft.class).toList()) {
      var from = train.from;
      train.from = train.to;
      train.to = from;
      changed = true;
    }
    annotatedSentence.sentence().claim(match.start(), match.end());
  }

  /**
   * Replaces a number: "not 100, 150" applies to the limit or count that was 100. Where nothing was
   * 100, the words stay unread.
   */
  private void replaceNumbers() {
    var match = Cues.KNOWN.anywhere("number for another", annotatedSentence.text());
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
    return replace(draft, LIMITS, Set.of(old, replacement), replacement);
  }

  private static boolean count(WishDraft draft, String old, String replacement) {
    return Numerals.whole(old)
        .filter(was -> replace(draft, COUNTS, Set.of(was), Numerals.whole(replacement).orElse(0)))
        .isPresent();
  }

  /** Sets the first slot that has one of the values, and returns whether there is one. */
  private static boolean replace(
      WishDraft draft, List<String> slots, Set<?> values, Object replacement) {
    var found =
        slots.stream()
            .filter(slot -> values.stream().anyMatch(value -> value.equals(draft.get(slot))))
            .findFirst();
    found.ifPresent(slot -> draft.set(slot, replacement));
    return found.isPresent();
  }

  private void budget() {

    for (var cost : annotatedSentence.all(Cost.class).filter(this::isBudget).toList()) {
      draftFindings.budget = Budget.of(cost.max());
      changed = true;
    }
  }

  private boolean isBudget(Cost cost) {
    return cost.scope() == Scope.TOTAL || (cost.scope() == Scope.OPEN && wishDrafts.size() > 1);
  }

  private void details(WishDraft wishDraft) {
    var segment = new Segment(wishDraft.kind(), false, false);
    segment.stretches.add(new int[] {0, annotatedSentence.text().length()});
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
      return;
    }
    var ability = Cues.KNOWN.whole("ability", annotatedSentence.text());
    if (ability.matches()
        && annotatedSentence.sentence().isFree(ability.start(1), ability.end(1))
        && !UnreadWords.in(annotatedSentence.sentence(), ability.start(1), ability.end(1))
            .isEmpty()) {
      shop.features.add(ability.group(1));
      annotatedSentence.use(0, annotatedSentence.text().length());
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

    if (meaningSpan.counts(Unit.ANY)
        && wishDraft.kind() == MerchantKind.HOTEL
        && wishDrafts.size() > 1) {
      return false;
    }
    if (meaningSpan.meaning() instanceof Meaning.KnownPlace && waysBack.contains(wishDraft)) {
      return false;
    }
    boolean journeysDay =
        meaningSpan.meaning() instanceof Day
            && wishDraft.kind() == MerchantKind.SHOP
            && wishDrafts.size() > 1;
    return DetailKinds.kinds(meaningSpan).contains(wishDraft.kind()) && !journeysDay;
  }

  /** Returns whether the journey only waits for the origin of the one out, where it ends. */
  private boolean isWayBack(WishDraft wishDraft) {
    return wishDraft instanceof TrainDraft back
        && back.to == null
        && WishDraft.all(wishDrafts, TrainDraft.class)
            .anyMatch(out -> out.from == null && out.to != null && out.to.equals(back.from));
  }

  /** Returns whether a wish has no day yet; the answer to "when" is then for this wish. */
  private boolean hasWishWithoutDay() {
    return wishDrafts.stream().anyMatch(d -> !isDated(d) && d.kind() != MerchantKind.SHOP);
  }

  private static boolean isDated(WishDraft wishDraft) {

    return wishDraft.kind() == MerchantKind.SHOP
        || wishDraft.get("date") != null
        || wishDraft.get("checkIn") != null;
  }

  private static boolean isChange(Meaning meaning) {
    return !(meaning instanceof DayShift || meaning instanceof HourShift)
        && !(meaning instanceof Word word && word.isOf(Topic.KIND));
  }

  /**
   * Returns whether every journey says where it goes: "I'm in Shanghai" is then where it begins.
   */
  private boolean hasDestination() {

    return situation.wishes(TrainWish.class).noneMatch(train -> train.to() == null);
  }

  /** Reads a bare place as the answer to the open question. */
  private MeaningSpan asAnswer(MeaningSpan meaningSpan) {
    if (situation.asked().contains("guests")
        && meaningSpan.meaning() instanceof Count(Unit unit, int number)
        && unit == Unit.ANY) {
      return new MeaningSpan(
          meaningSpan.start(), meaningSpan.end(), new Count(Unit.PEOPLE, number));
    }
    boolean asksFrom = situation.asked().contains("from");
    boolean asksTo = situation.asked().contains("to");
    if (meaningSpan.meaning() instanceof Meaning.KnownPlace spot
        && ((asksFrom && !asksTo && (spot.role() == Role.NONE || spot.role() == Role.IN))
            || (asksTo && spot.role() == Role.IN && hasDestination()))) {
      return new MeaningSpan(
          meaningSpan.start(),
          meaningSpan.end(),
          new Meaning.KnownPlace(spot.places(), Role.FROM, spot.words()));
    }
    return meaningSpan;
  }

  private void product() {
    if (!situation.asked().contains("product")) {
      return;
    }
    for (var wishDraft : wishDrafts) {
      if (wishDraft instanceof ShopDraft shop && shop.terms == null) {
        var words = annotatedSentence.sentence().original();
        while (Cues.KNOWN.occurs("around the goods", words)) {
          words = Cues.KNOWN.anywhere("around the goods", words).replaceFirst("").strip();
        }
        if (!words.isEmpty() && words.length() <= MAX_TERMS) {
          shop.terms = words;
          changed = true;
        }
      }
    }
  }
}
