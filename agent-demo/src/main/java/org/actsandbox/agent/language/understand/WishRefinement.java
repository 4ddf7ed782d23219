package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern PRODUCT_GLUE =
      Pattern.compile(
          "^(?:(?:i want|i'd like|i need|buy|get|a|an|the|some|please|my)"
              + " )+|^(?:我?(?:想|要|买|购买)+(?:一?[个只把件双条本盒])?)|[.!。！]+$");

  /** A feature alone, in the principal's words: 能调光的. */
  private static final Pattern ABILITY =
      Pattern.compile(
          "(?:那?要|最好|想要|有没有)?(?:能|可以|可|带|有|会)?(\\p{IsHan}{1,6}?)(?:功能)?的(?:吧|呢|吗)?[。？]?");

  private static final Pattern PART =
      Pattern.compile(
          "(?:and |but |one |please )*(?:with|that has|which has|having) (?:an? |some )?([a-z0-9-]+(?: [a-z0-9-]+){0,2})(?: please)?[.! ]*"
              + "|(?:那?要|最好|想要)?(?:带|有|配)([a-z0-9\\p{IsHan}-]*?[a-z0-9][a-z0-9\\p{IsHan}-]*?)(?:功能)?的?(?:吧|呢)?[。]?");

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
    var left = KeptWishes.withoutDropped(annotatedSentence, wishDrafts);
    changed |= KeptWishes.onlyWanted(annotatedSentence, left).size() < wishDrafts.size();
    return changed ? Optional.of(left) : Optional.empty();
  }

  /** Speaks of the journey there alone: 去程改成晚上. */
  private static final Pattern OUTWARD =
      Pattern.compile(
          "^(?:那|把|将|就|还是)*(?:去程|去的(?:时候|票|车|那[趟班张]))|^[^，,。]{0,4}(?:改成|改到|改为|换成|换到)[^，,。回返]{1,8}(?:去|走|出发)吧?[。 ]*$|\\b(?:on the way there|the (?:outward|outbound)(?: train| journey)?)\\b");

  private boolean isOnlyOutward() {
    return OUTWARD.matcher(annotatedSentence.sentence().plain()).find();
  }

  private @Nullable WishDraft firstJourney() {
    return wishDrafts.stream().filter(TrainDraft.class::isInstance).findFirst().orElse(null);
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
        || describeWithAbility(shop)
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

  /** Takes a part as a feature of the only product: "with a USB port", 带USB口的. */
  private boolean describeWithAbility(ShopDraft shop) {
    var match = PART.matcher(annotatedSentence.sentence().plain());
    if (!match.matches()) {
      return false;
    }
    int group = match.group(1) == null ? 2 : 1;
    annotatedSentence.sentence().use(0, annotatedSentence.sentence().plain().length());
    shop.features.add(match.group(group).strip());
    changed = true;
    return true;
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
      return;
    }
    var ability = ABILITY.matcher(annotatedSentence.sentence().plain());
    if (ability.matches()
        && annotatedSentence.sentence().isFree(ability.start(1), ability.end(1))
        && !UnreadWords.in(annotatedSentence.sentence(), ability.start(1), ability.end(1))
            .isEmpty()) {
      shop.features.add(ability.group(1));
      annotatedSentence.sentence().use(0, annotatedSentence.sentence().plain().length());
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
        && wishDrafts.stream()
            .anyMatch(
                draft ->
                    draft instanceof TrainDraft out
                        && out.from == null
                        && out.to != null
                        && out.to.equals(back.from));
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

  /**
   * Returns whether every journey says where it goes: "I'm in Shanghai" is then where it begins.
   */
  private boolean hasDestination() {
    return situation.wishes().stream()
        .noneMatch(wish -> wish instanceof TrainWish train && train.to() == null);
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
