package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.Segment;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Divides a sentence into segments, one per wish. A wish noun names a wish ("train", "酒店", a
 * product); the words before the first noun apply to all wishes.
 */
final class Segments {

  /** Ours: a count and its goods are no further apart, as in 两本大的笔记本. */
  private static final int MAX_ADJECTIVE = 5;

  /** A principal who names an earlier hour arrives in the night and needs no ticket. */
  private static final LocalTime MORNING = LocalTime.of(5, 0);

  final List<Segment> segments = new ArrayList<>();

  /** The meanings that belong to no single wish. */
  final List<MeaningSpan> shared = new ArrayList<>();

  private final AnnotatedSentence annotated;
  private final String text;
  private final List<WishNoun> nouns;

  private Segments(AnnotatedSentence annotated, List<WishNoun> nouns) {
    this.annotated = annotated;
    this.text = annotated.text();
    this.nouns = nouns;
  }

  static Segments of(AnnotatedSentence annotated) {
    var segments = new Segments(annotated, WishNoun.all(annotated));
    segments.divide();
    return segments;
  }

  private void divide() {
    var chunks = chunks();
    var prefix = true;
    for (int[] chunk : chunks) {
      var inside =
          nouns.stream().filter(h -> h.start() >= chunk[0] && h.start() < chunk[1]).toList();
      if (inside.isEmpty()) {
        addDetails(chunk, prefix);
      } else {
        prefix = false;
        divideChunk(chunk, inside);
      }
    }
    shareWithAllGoods();
    if (staysToo()) {
      var stay = new Segment(MerchantKind.HOTEL, true, false);
      annotated.marks().stream().filter(span -> span.counts(Unit.NIGHTS)).forEach(stay.spans::add);
      segments.add(stay);
    }
    if (segments.isEmpty()) {
      addImplied(chunks);
    } else if (goesSomewhere() || travelsBesideGoods()) {
      var train = new Segment(MerchantKind.TRAIN, false, false);
      train.stretches.add(new int[] {0, text.length()});
      train.spans.addAll(shared);
      segments.addFirst(train);
    } else if (segments.size() == 1) {
      addSharedTo(segments.getFirst());
    }
  }

  /** Gives every goods what was said of all of them. */
  private void shareWithAllGoods() {
    for (var span : annotated.marks().stream().filter(this::isOfAllGoods).toList()) {
      segments.stream()
          .filter(each -> each.merchantKind == MerchantKind.SHOP)
          .filter(each -> !each.spans.contains(span))
          .forEach(each -> each.spans.add(span));
    }
  }

  private boolean isOfAllGoods(MeaningSpan span) {
    return (Cues.KNOWN.precedes("of all goods", text, span.start())
            && span.isOnlyOf(MerchantKind.SHOP))
        || (span.meaning() instanceof Cost cost
            && cost.scope() == Scope.EACH
            && text.startsWith("each", span.start()));
  }

  /**
   * Returns whether nights are spent at the end of a journey: "go to Shanghai, stay two nights".
   */
  private boolean staysToo() {
    return !segments.isEmpty()
        && segments.stream().allMatch(s -> s.merchantKind == MerchantKind.TRAIN)
        && annotated.any(span -> span.counts(Unit.NIGHTS));
  }

  /**
   * Returns whether the sentence names a destination and a detail of a journey before any wish
   * noun: 明早去上海，住一晚. A stay that comes on top of it is such a detail, too.
   */
  private boolean goesSomewhere() {
    return segments.stream().noneMatch(s -> s.merchantKind == MerchantKind.TRAIN)
        && !Cues.KNOWN.occurs("arriving", text)
        && segments.stream().anyMatch(s -> s.merchantKind == MerchantKind.HOTEL)
        && (Cues.KNOWN.occurs("get there", text)
            || shared.stream().anyMatch(Segments::isDestination))
        && shared.stream()
            .anyMatch(m -> isOfJourney(m) || isTrip(m) || Cues.KNOWN.occurs("stays besides", text));
  }

  /** Returns whether a whole trip is wished: "a trip to Suzhou", but not "I'm on a trip". */
  private boolean isTrip(MeaningSpan span) {
    return span.meaning() instanceof Word word
        && word.is(Topic.KIND, "trip")
        && Cues.KNOWN.precedes("trip wished", text, span.start());
  }

  /**
   * Returns whether only a journey has the detail: an hour of the day, a seat, a class, a train.
   */
  private boolean isOfJourney(MeaningSpan span) {
    return span.meaning() instanceof Hours hours
        ? (hours.departAfter() != null && !hours.departAfter().isBefore(MORNING))
            || (hours.arriveBefore() != null && Cues.KNOWN.occurs("get there", text))
        : span.isOnlyOf(MerchantKind.TRAIN);
  }

  /**
   * Returns whether a journey stands before the goods: 明天去上海，带个充电宝. A place that the goods are sent
   * to is no journey.
   */
  private boolean travelsBesideGoods() {
    return segments.stream().allMatch(s -> s.merchantKind == MerchantKind.SHOP)
        && shared.stream().anyMatch(m -> m.meaning() instanceof Day)
        && !Cues.KNOWN.occurs("sent", text)
        && shared.stream().anyMatch(Segments::isDestination);
  }

  private static boolean isDestination(MeaningSpan span) {
    return span.meaning() instanceof KnownPlace place && place.role() == Role.TO;
  }

  private List<int[]> chunks() {
    var chunks = new ArrayList<int[]>();
    var matcher = Cues.KNOWN.anywhere("separator", text);
    int start = 0;
    while (matcher.find()) {
      if (annotated.sentence().isFree(matcher.start(), matcher.end())) {
        chunks.add(new int[] {start, matcher.start()});
        start = matcher.end();
      }
    }
    chunks.add(new int[] {start, text.length()});
    return chunks;
  }

  private void divideChunk(int[] chunk, List<WishNoun> inside) {
    int start = chunk[0];
    if (inside.getFirst().back() && !segments.isEmpty()) {
      // In 往返苏州，明天去周六回 the words before the day of return belong to the outward journey.
      start = boundary(start, inside.getFirst());
      put(new int[] {chunk[0], start}, segments.getLast());
    }
    for (int i = 0; i < inside.size(); i++) {
      var noun = inside.get(i);
      int end = chunk[1];
      int next = i + 1;
      while (next < inside.size() && !startsOtherWish(noun, inside.get(next))) {
        next++;
      }
      if (next < inside.size()) {
        end = boundary(noun, inside.get(next));
      }
      i = next - 1;
      addSegment(new int[] {start, end}, noun);
      start = end;
    }
  }

  /** Returns whether the second noun starts another wish than the first one in the same chunk. */
  private static boolean startsOtherWish(WishNoun first, WishNoun second) {
    return first.kind() != second.kind()
        || first.kind() == MerchantKind.SHOP
        || (second.back() && !first.back());
  }

  private int boundary(WishNoun noun, WishNoun next) {
    var counted = countBetween(noun, next);
    return counted.isPresent() ? counted.get() : boundary(noun.end(), next);
  }

  /** Returns where the count of the next goods stands: in 两本笔记本一支钢笔 each count leads its goods. */
  private Optional<Integer> countBetween(WishNoun noun, WishNoun next) {
    boolean counts = countsBefore(noun.start());
    return annotated.marks().stream()
        .filter(_ -> next.kind() == MerchantKind.SHOP)
        .filter(m -> m.counts(Unit.PIECES) && m.start() >= noun.end() && m.end() <= next.start())
        .map(MeaningSpan::start)
        .filter(start -> counts || Cues.KNOWN.precedes("joins goods", text, start))
        .reduce((_, last) -> last);
  }

  private boolean countsBefore(int start) {
    return annotated.any(
        m -> m.counts(Unit.PIECES) && m.end() <= start && start - m.end() <= MAX_ADJECTIVE);
  }

  /**
   * Returns whether an English clause says only when to return: "and the 18:30 back", "and on
   * Sunday I return". With another day after it, as in "Saturday coming back Sunday", the first is
   * that of the journey out.
   */
  private boolean saysWhen(int from, WishNoun back) {
    var before =
        annotated.marks().stream()
            .filter(m -> m.start() >= from && m.end() <= back.start())
            .toList();
    boolean isFollowedByDay =
        annotated.any(
            m ->
                m.meaning() instanceof Day
                    && m.start() >= back.end()
                    && m.start() <= back.end() + 4);
    return from > 0
        && text.charAt(back.start()) < 0x2E80
        && !before.isEmpty()
        && !(isFollowedByDay && before.stream().anyMatch(m -> m.meaning() instanceof Day))
        && before.stream()
            .allMatch(
                m ->
                    m.meaning() instanceof Hours
                        || m.meaning() instanceof Day
                        || m.isWord(Topic.SORT));
  }

  private int boundary(int from, WishNoun next) {
    if (next.back()) {
      if (saysWhen(from, next)) {
        return from;
      }
      // In 周五去上海周日晚上回 the last day before 回 belongs to it, and so do the hours right before.
      int start = next.start();
      for (var span : annotated.marks()) {
        boolean before =
            span.start() >= from
                && span.end() <= next.start()
                && text.charAt(next.start()) > 0x2E80;
        if (before && span.meaning() instanceof Day) {
          start = span.start();
        } else if (before && span.meaning() instanceof Hours && next.start() - span.end() <= 1) {
          start = Math.min(start, span.start());
        }
      }
      return start;
    }
    var matcher = Cues.KNOWN.anywhere("begins the next goods", text).region(from, next.start());
    int cut = next.start();
    while (matcher.find()) {
      if (annotated.sentence().isFree(matcher.start(), matcher.end())) {
        cut = matcher.start();
        if (matcher.group().equals("with")) {
          return cut;
        }
      }
    }
    return cut;
  }

  private void addSegment(int[] stretch, WishNoun noun) {
    for (var earlier : segments.reversed()) {
      boolean same = earlier.merchantKind == noun.kind() && earlier.back == noun.back();
      if (same && noun.kind() != MerchantKind.SHOP) {
        if (hasPlace(earlier.spans) && hasPlace(in(stretch))) {
          break;
        }
        put(stretch, earlier);
        return;
      }
    }
    var segment = new Segment(noun.kind(), true, noun.back());
    segments.add(segment);
    put(stretch, segment);
  }

  private static boolean hasPlace(List<MeaningSpan> spans) {
    return spans.stream().anyMatch(m -> m.meaning() instanceof Meaning.KnownPlace);
  }

  private void addDetails(int[] chunk, boolean prefix) {
    if (prefix || segments.isEmpty()) {
      shared.addAll(in(chunk));
      return;
    }
    if (JourneyChain.goesOn(segments.getLast(), in(chunk))) {
      addNextJourney(chunk);
      return;
    }
    for (var span : in(chunk)) {
      if (isOfAllGoods(span)) {
        continue;
      }
      if (span.isWord(Topic.CLASS, Topic.SEAT)) {
        // Said last and alone, it is meant for both ways, unless a train has its own.
        segments.stream()
            .filter(s -> s.merchantKind == MerchantKind.TRAIN)
            .filter(s -> !s.equals(lastFitting(span)))
            .filter(s -> s.spans.stream().noneMatch(m -> isSameTopic(m, span)))
            .forEach(s -> s.spans.add(span));
      }
      var segment = lastFitting(span);
      if (segment == null) {
        shared.add(span);
      } else {
        segment.spans.add(span);
      }
    }
    segments.getLast().stretches.add(chunk);
  }

  private void addNextJourney(int[] chunk) {
    var next = new Segment(MerchantKind.TRAIN, true, false);
    next.goesOn = true;
    segments.add(next);
    put(chunk, next);
  }

  private static boolean isSameTopic(MeaningSpan one, MeaningSpan other) {

    return one.meaning() instanceof Word first && other.isWord(first.topic());
  }

  /** Returns the last wish that a detail can belong to; null for a limit on everything together. */
  private @Nullable Segment lastFitting(MeaningSpan span) {
    if (span.meaning() instanceof Cost cost
        && segments.size() > 1
        && (cost.scope() == Scope.TOTAL || cost.scope() == Scope.OPEN)) {
      return null;
    }
    if (span.meaning() instanceof ForeignCost) {
      return null;
    }
    if (span.meaning() instanceof Hours
        && Cues.KNOWN.follows("of the journey out", text, span.end())) {
      var outward =
          segments.stream()
              .filter(s -> s.merchantKind == MerchantKind.TRAIN && !s.back)
              .findFirst();
      if (outward.isPresent()) {
        return outward.get();
      }
    }
    var merchantKinds = span.kinds();
    for (var segment : segments.reversed()) {
      if (merchantKinds.contains(segment.merchantKind)) {
        return segment;
      }
    }
    return null;
  }

  /** Makes segments from the details when no word names a wish. */
  private void addImplied(List<int[]> chunks) {
    var stops = JourneyChain.stops(chunks, this::in);
    if (!stops.isEmpty()) {
      shared.removeIf(span -> stops.stream().anyMatch(stop -> in(stop).contains(span)));
      stops.forEach(this::addNextJourney);
      segments.getFirst().goesOn = false;
      return;
    }
    var merchantKind = ImpliedKind.kind(annotated);
    if (merchantKind != null) {
      for (var each : merchantKind) {
        var segment = new Segment(each, false, false);
        segments.add(segment);
        chunks.forEach(chunk -> segment.stretches.add(chunk));
        segment.spans.addAll(shared);
      }
      shared.clear();
    }
  }

  /** Gives all details to the only wish that there is. */
  private void addSharedTo(Segment only) {
    only.spans.addAll(shared);
    only.spans.sort(null);
    shared.clear();
    if (only.merchantKind != MerchantKind.SHOP) {
      only.stretches.clear();
      only.stretches.add(new int[] {0, text.length()});
    }
  }

  private void put(int[] stretch, Segment segment) {
    segment.stretches.add(stretch);
    for (var span : in(stretch)) {
      (isForAll(span) ? shared : segment.spans).add(span);
    }
  }

  /** "Tea and a scarf together for less than 400" is one limit for both. */
  private boolean isForAll(MeaningSpan span) {
    var together = Cues.KNOWN.before("for everything", text, span.start());
    if (segments.size() < 2 || !(span.meaning() instanceof Cost) || !together.find()) {
      return false;
    }
    annotated.use(together.start(), together.end());
    return true;
  }

  private List<MeaningSpan> in(int[] stretch) {
    return annotated.marks().stream()
        .filter(m -> m.start() >= stretch[0] && m.start() < stretch[1])
        .toList();
  }
}
