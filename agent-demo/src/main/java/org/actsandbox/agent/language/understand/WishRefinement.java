package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.actsandbox.agent.language.read.RuleFile;
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

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private final DraftFindings findings;
  private final List<WishDraft> drafts;
  private final List<WishDraft> waysBack = new ArrayList<>();
  private boolean changed;

  WishRefinement(AnnotatedSentence annotated, Situation situation, DraftFindings findings) {
    this.annotated = annotated;
    this.situation = situation;
    this.findings = findings;
    this.drafts = WishDraft.of(situation.wishes());
  }

  /** Returns the changed wishes; empty when nothing in the sentence changes a wish. */
  Optional<List<WishDraft>> changed() {
    budget();
    var shift = new WishShift(annotated, situation);
    waysBack.addAll(drafts.stream().filter(this::isWayBack).toList());
    for (var draft : drafts) {
      if (draft instanceof TrainDraft && isOnlyOutward() && draft != firstJourney()) {
        continue;
      }
      details(draft);
      changed |= shift.apply(draft);
    }
    KeptWishes.returnAfterArrival(annotated.text(), drafts);

    var sentence = annotated.sentence();
    for (var hotel : WishDraft.all(drafts, HotelDraft.class).toList()) {
      changed |= CityLandmark.fill(hotel, sentence);
    }
    for (var shop : WishDraft.all(drafts, ShopDraft.class).toList()) {
      changed |= ProductComparison.apply(sentence, situation, shop);
    }
    product();
    reverseDirection();
    replaceNumbers();
    describe();
    var left = KeptWishes.withoutDropped(annotated, drafts);
    changed |= KeptWishes.onlyWanted(annotated, left).size() < drafts.size();
    return changed ? Optional.of(left) : Optional.empty();
  }

  private boolean isOnlyOutward() {
    return Cues.KNOWN.occurs("only the way there", annotated.text());
  }

  private @Nullable WishDraft firstJourney() {
    return drafts.stream().filter(TrainDraft.class::isInstance).findFirst().orElse(null);
  }

  /** Ours: more words than these are a sentence of their own and no feature. */
  private static final int MAX_FEATURE_WORDS = 3;

  /** Takes a few unread words alone as a feature of the only product: "long sleeves". */
  private void describe() {
    var text = annotated.text();
    if (changed
        || drafts.size() != 1
        || !(drafts.getFirst() instanceof ShopDraft shop)
        || shop.terms == null
        || !annotated.marks().isEmpty()
        || describeWithAbility(shop)
        || text.split(" ", -1).length > MAX_FEATURE_WORDS
        || Cues.KNOWN.occurs("of a sentence", text)) {
      return;
    }
    var words = UnreadWords.in(annotated.sentence(), 0, text.length());
    if (!words.isEmpty()) {
      addFeature(shop, text.replaceAll("[.!,;]+", ""));
    }
  }

  /** Takes a part as a feature of the only product: "with a USB port", 带USB口的. */
  private boolean describeWithAbility(ShopDraft shop) {
    var match = Cues.KNOWN.whole("part of the goods", annotated.text());
    if (!match.matches()) {
      return false;
    }
    addFeature(shop, RuleFile.captured(match).getFirst());
    return true;
  }

  /** Takes the words of the whole sentence as a feature. */
  private void addFeature(ShopDraft shop, String feature) {
    annotated.use(0, annotated.text().length());
    shop.features.add(feature.strip());
    changed = true;
  }

  private void reverseDirection() {
    var match = Cues.KNOWN.anywhere("other way", annotated.text());
    if (!match.find()) {
      return;
    }

    for (var train : WishDraft.all(drafts, TrainDraft.class).toList()) {
      var from = train.from;
      train.from = train.to;
      train.to = from;
      changed = true;
    }
    annotated.sentence().claim(match.start(), match.end());
  }

  /**
   * Replaces a number: "not 100, 150" applies to the limit or count that was 100. Where nothing was
   * 100, the words stay unread.
   */
  private void replaceNumbers() {
    var match = Cues.KNOWN.anywhere("number for another", annotated.text());
    while (match.find()) {
      var old = CountChange.first(match, "old", "old2", "old3");
      var replacement = CountChange.first(match, "new", "new2", "new3");
      for (var draft : drafts) {
        if (limit(draft, old + ".00", replacement + ".00") || count(draft, old, replacement)) {
          changed = true;
          annotated.sentence().claim(match.start(), match.end());
        }
      }
    }
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

    for (var cost : annotated.all(Cost.class).filter(this::isBudget).toList()) {
      findings.budget = Budget.of(cost.max());
      changed = true;
    }
  }

  private boolean isBudget(Cost cost) {
    return cost.scope() == Scope.TOTAL || (cost.scope() == Scope.OPEN && drafts.size() > 1);
  }

  private void details(WishDraft draft) {
    var segment = new Segment(draft.kind(), false, false);
    segment.stretches.add(new int[] {0, annotated.text().length()});
    annotated.marks().stream()
        .filter(span -> concerns(span, draft))
        .map(this::asAnswer)
        .forEach(segment.spans::add);
    if (segment.spans.isEmpty() && draft instanceof ShopDraft shop && shop.terms != null) {
      measures(shop, segment);
    } else if (!segment.spans.isEmpty()) {
      int gaps = findings.clarifications.size();
      draft.update(DraftFiller.fill(segment, annotated, findings));
      changed |=
          gaps < findings.clarifications.size()
              || segment.spans.stream().anyMatch(m -> isChange(m.meaning()));
    }
  }

  /** Reads a measure alone, such as "65 watts", as a feature of the wished product. */
  private void measures(ShopDraft shop, Segment segment) {
    var said = ShopDraftFiller.fill(segment, annotated, findings);
    if (said.features.stream().anyMatch(KnownWords::isFeature)) {
      shop.update(said);
      changed = true;
      return;
    }
    var ability = Cues.KNOWN.whole("ability", annotated.text());
    if (ability.matches()
        && annotated.sentence().isFree(ability.start(1), ability.end(1))
        && !UnreadWords.in(annotated.sentence(), ability.start(1), ability.end(1)).isEmpty()) {
      addFeature(shop, ability.group(1));
    }
  }

  private boolean concerns(MeaningSpan span, WishDraft draft) {
    if (span.meaning() instanceof Cost cost && isBudget(cost)) {
      return false;
    }
    if (span.meaning() instanceof Day && isDated(draft) && hasWishWithoutDay()) {
      return false;
    }

    if (span.counts(Unit.ANY) && draft.kind() == MerchantKind.HOTEL && drafts.size() > 1) {
      return false;
    }
    if (span.meaning() instanceof Meaning.KnownPlace && waysBack.contains(draft)) {
      return false;
    }
    boolean journeysDay =
        span.meaning() instanceof Day && draft.kind() == MerchantKind.SHOP && drafts.size() > 1;
    return span.kinds().contains(draft.kind()) && !journeysDay;
  }

  /** Returns whether the journey only waits for the origin of the one out, where it ends. */
  private boolean isWayBack(WishDraft draft) {
    return draft instanceof TrainDraft back
        && back.to == null
        && WishDraft.all(drafts, TrainDraft.class)
            .anyMatch(out -> out.from == null && out.to != null && out.to.equals(back.from));
  }

  /** Returns whether a wish has no day yet; the answer to "when" is then for this wish. */
  private boolean hasWishWithoutDay() {
    return drafts.stream().anyMatch(d -> !isDated(d) && d.kind() != MerchantKind.SHOP);
  }

  private static boolean isDated(WishDraft draft) {

    return draft.kind() == MerchantKind.SHOP
        || draft.get("date") != null
        || draft.get("checkIn") != null;
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
  private MeaningSpan asAnswer(MeaningSpan span) {
    if (situation.asked().contains("guests")
        && span.meaning() instanceof Count(Unit unit, int number)
        && unit == Unit.ANY) {
      return span.with(new Count(Unit.PEOPLE, number));
    }
    boolean asksFrom = situation.asked().contains("from");
    boolean asksTo = situation.asked().contains("to");
    if (span.meaning() instanceof Meaning.KnownPlace spot
        && ((asksFrom && !asksTo && (spot.role() == Role.NONE || spot.role() == Role.IN))
            || (asksTo && spot.role() == Role.IN && hasDestination()))) {
      return span.with(new Meaning.KnownPlace(spot.places(), Role.FROM, spot.words()));
    }
    return span;
  }

  private void product() {
    if (!situation.asked().contains("product")) {
      return;
    }
    for (var draft : drafts) {
      if (draft instanceof ShopDraft shop && shop.terms == null) {
        var words = annotated.sentence().original();
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
