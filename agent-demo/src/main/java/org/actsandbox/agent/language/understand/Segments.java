package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.KnownPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
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

  private static final Pattern SEPARATOR =
      Pattern.compile(
          "[,;:!?，。；：！？、\\n"
              + "]|\\.(?= |$)|\\b(?:and|plus|then|also|as well as|along with|together with|with(?= an? (?:[a-z]+ )?hotel\\b))\\b|[&+]"
              + "|加(?![湿热厚绒大长宽高固急油密仑速了个点班])|和|以及|还有|还要|还想|(?<!不)再(?!晚|早|便)|另外|然后|顺便|加上|外加|并且?");
  private static final Pattern CUT =
      Pattern.compile(
          "\\b(?:with|a|an|the|some|one|two|three|\\d+)\\b|[一两三四五六七八九十\\d]+[个只张间把盒件双条本包袋瓶罐台部箱套份支副顶枚款根卷块盏辆口面]");

  /** A traveller who says only when they arrive needs a room from then on, and has a ticket. */
  private static final Pattern ARRIVING =
      Pattern.compile("才(?:能)?到|[点分半]到.{1,6}[站场]|下(?:了)?(?:火?车|飞机)|落地");

  /** The stay comes on top of what was wished before: 去上海，顺便订个酒店. */
  private static final Pattern STAYS_BESIDES =
      Pattern.compile(
          "(?:(?<!不)再|顺便|顺带|另外|还[要想得]|然后|外加|同时|并且?)(?:也|再)?(?:帮|给|替)?(?:我|我们)?(?:订|定|预订|预定|找|住|开|要|来)"
              + "|\\b(?:with|plus) an? (?:[a-z]+ )?hotel\\b");

  /** All goods of the sentence have this feature or number: 都要白色的, 各两个. */
  private static final Pattern ALL_BEFORE =
      Pattern.compile(
          "(?:都|全|全部|统一|各自?|分别|每[样种])(?:要|是|选|买|用|来)?$"
              + "|\\b(?:both|all|each)(?: of (?:them|those|these))?(?: (?:should|must|to|be|are|in|of))* $");

  /** Ours: a count and its goods are no further apart, as in 两本大的笔记本. */
  private static final int MAX_ADJECTIVE = 5;

  private static final Pattern TRIP_WISHED =
      Pattern.compile(
          "(?:^|[,.!] |\\b(?:so|please|hi|hello there) )(?:(?:weekend|short|quick|family|business|city) )+$|(?:^|\\b(?:want|need|like|book|plan|arrange|get|organi[sz]e)(?: (?:me|us))? )(?:please )?an? (?:[a-z-]+ ){0,2}$"
              + "|(?:安排|计划|规划|策划|订|来)(?:一?[次趟个])?[^，,。]{0,6}$");

  private static final Pattern GET_THERE =
      Pattern.compile("\\b(?:get|take|bring) (?:me|us) there\\b|\\b(?:be|arrive) there\\b");

  /** These hours are those of the journey out, although the journey back was named last. */
  private static final Pattern OUTWARD_AFTER = Pattern.compile("(?:就|再)?(?:出发|走|动身|启程|去)");

  private static final Pattern TOGETHER =
      Pattern.compile(
          "\\b(?:together|combined|altogether|all in all|for both)\\b[^,;.]{0,12}$|一共$|总共$");

  private static final Pattern SENT =
      Pattern.compile("[寄送发快递]到|配送|收货|\\b(?:deliver(?:ed|y)?|ship(?:ped)?|sent?)\\b");

  /** A principal who names an earlier hour arrives in the night and needs no ticket. */
  private static final LocalTime MORNING = LocalTime.of(5, 0);

  final List<Segment> segments = new ArrayList<>();

  /** The meanings that belong to no single wish. */
  final List<MeaningSpan> shared = new ArrayList<>();

  private final AnnotatedSentence annotatedSentence;
  private final String text;
  private final List<WishNoun> wishNouns;

  private Segments(AnnotatedSentence annotatedSentence, List<WishNoun> wishNouns) {
    this.annotatedSentence = annotatedSentence;
    this.text = annotatedSentence.sentence().plain();
    this.wishNouns = wishNouns;
  }

  static Segments of(AnnotatedSentence annotatedSentence) {
    var segments = new Segments(annotatedSentence, WishNoun.all(annotatedSentence));
    segments.divide();
    return segments;
  }

  private void divide() {
    var chunks = chunks();
    var prefix = true;
    for (int[] chunk : chunks) {
      var inside =
          wishNouns.stream().filter(h -> h.start() >= chunk[0] && h.start() < chunk[1]).toList();
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
      annotatedSentence.marks().stream().filter(Segments::isNights).forEach(stay.meaningSpans::add);
      segments.add(stay);
    }
    if (segments.isEmpty()) {
      addImplied(chunks);
    } else if (goesSomewhere() || travelsBesideGoods()) {
      var train = new Segment(MerchantKind.TRAIN, false, false);
      train.stretches.add(new int[] {0, text.length()});
      train.meaningSpans.addAll(shared);
      segments.addFirst(train);
    } else if (segments.size() == 1) {
      addSharedTo(segments.getFirst());
    }
  }

  /** Gives every goods what was said of all of them. */
  private void shareWithAllGoods() {
    for (var span : annotatedSentence.marks().stream().filter(this::isOfAllGoods).toList()) {
      segments.stream()
          .filter(each -> each.merchantKind == MerchantKind.SHOP)
          .filter(each -> !each.meaningSpans.contains(span))
          .forEach(each -> each.meaningSpans.add(span));
    }
  }

  private boolean isOfAllGoods(MeaningSpan span) {
    return ALL_BEFORE.matcher(text.substring(0, span.start())).find()
        && DetailKinds.kinds(span).equals(EnumSet.of(MerchantKind.SHOP));
  }

  /**
   * Returns whether nights are spent at the end of a journey: "go to Shanghai, stay two nights".
   */
  private boolean staysToo() {
    return !segments.isEmpty()
        && segments.stream().allMatch(s -> s.merchantKind == MerchantKind.TRAIN)
        && annotatedSentence.marks().stream().anyMatch(Segments::isNights);
  }

  private static boolean isNights(MeaningSpan span) {
    return span.meaning() instanceof Meaning.Count count && count.unit() == Meaning.Unit.NIGHTS;
  }

  /**
   * Returns whether the sentence names a destination and a detail of a journey before any wish
   * noun: 明早去上海，住一晚. A stay that comes on top of it is such a detail, too.
   */
  private boolean goesSomewhere() {
    return segments.stream().noneMatch(s -> s.merchantKind == MerchantKind.TRAIN)
        && !ARRIVING.matcher(text).find()
        && segments.stream().anyMatch(s -> s.merchantKind == MerchantKind.HOTEL)
        && (GET_THERE.matcher(text).find()
            || shared.stream()
                .anyMatch(m -> m.meaning() instanceof KnownPlace spot && spot.role() == Role.TO))
        && shared.stream()
            .anyMatch(m -> isOfJourney(m) || isTrip(m) || STAYS_BESIDES.matcher(text).find());
  }

  /** Returns whether a whole trip is wished: "a trip to Suzhou", but not "I'm on a trip". */
  private boolean isTrip(MeaningSpan span) {
    return span.meaning() instanceof Word word
        && word.topic() == Topic.KIND
        && word.value().equals("trip")
        && TRIP_WISHED.matcher(text.substring(0, span.start())).find();
  }

  /**
   * Returns whether only a journey has the detail: an hour of the day, a seat, a class, a train.
   */
  private boolean isOfJourney(MeaningSpan span) {
    return span.meaning() instanceof Hours hours
        ? (hours.departAfter() != null && !hours.departAfter().isBefore(MORNING))
            || (hours.arriveBefore() != null && GET_THERE.matcher(text).find())
        : DetailKinds.kinds(span).equals(EnumSet.of(MerchantKind.TRAIN));
  }

  /**
   * Returns whether a journey stands before the goods: 明天去上海，带个充电宝. A place that the goods are sent
   * to is no journey.
   */
  private boolean travelsBesideGoods() {
    return segments.stream().allMatch(s -> s.merchantKind == MerchantKind.SHOP)
        && shared.stream().anyMatch(m -> m.meaning() instanceof Day)
        && !SENT.matcher(text).find()
        && shared.stream()
            .anyMatch(m -> m.meaning() instanceof KnownPlace spot && spot.role() == Role.TO);
  }

  private List<int[]> chunks() {
    var chunks = new ArrayList<int[]>();
    var matcher = SEPARATOR.matcher(text);
    int start = 0;
    while (matcher.find()) {
      if (annotatedSentence.sentence().isFree(matcher.start(), matcher.end())) {
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
      var wishNoun = inside.get(i);
      int end = chunk[1];
      int next = i + 1;
      while (next < inside.size() && !startsOtherWish(wishNoun, inside.get(next))) {
        next++;
      }
      if (next < inside.size()) {
        end = boundary(wishNoun, inside.get(next));
      }
      i = next - 1;
      addSegment(new int[] {start, end}, wishNoun);
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
    boolean leads = next.kind() == MerchantKind.SHOP && countsBefore(noun.start());
    return leads
        ? annotatedSentence.marks().stream()
            .filter(m -> isPieces(m) && m.start() >= noun.end() && m.end() <= next.start())
            .map(MeaningSpan::start)
            .reduce((_, last) -> last)
        : Optional.empty();
  }

  private boolean countsBefore(int start) {
    return annotatedSentence.marks().stream()
        .anyMatch(m -> isPieces(m) && m.end() <= start && start - m.end() <= MAX_ADJECTIVE);
  }

  private static boolean isPieces(MeaningSpan span) {
    return span.meaning() instanceof Meaning.Count count && count.unit() == Meaning.Unit.PIECES;
  }

  /**
   * Returns whether an English clause says only when to return: "and the 18:30 back", "and on
   * Sunday I return". With another day after it, as in "Saturday coming back Sunday", the first is
   * that of the journey out.
   */
  private boolean saysWhen(int from, WishNoun back) {
    var before =
        annotatedSentence.marks().stream()
            .filter(m -> m.start() >= from && m.end() <= back.start())
            .toList();
    boolean isFollowedByDay =
        annotatedSentence.marks().stream()
            .anyMatch(
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
                        || (m.meaning() instanceof Word word && word.topic() == Topic.SORT));
  }

  private int boundary(int from, WishNoun next) {
    if (next.back()) {
      if (saysWhen(from, next)) {
        return from;
      }
      // In 周五去上海周日晚上回 the last day before 回 belongs to it, and so do the hours right before.
      int start = next.start();
      for (var meaningSpan : annotatedSentence.marks()) {
        boolean before =
            meaningSpan.start() >= from
                && meaningSpan.end() <= next.start()
                && text.charAt(next.start()) > 0x2E80;
        if (before && meaningSpan.meaning() instanceof Day) {
          start = meaningSpan.start();
        } else if (before
            && meaningSpan.meaning() instanceof Hours
            && next.start() - meaningSpan.end() <= 1) {
          start = Math.min(start, meaningSpan.start());
        }
      }
      return start;
    }
    var matcher = CUT.matcher(text).region(from, next.start());
    int cut = next.start();
    while (matcher.find()) {
      if (annotatedSentence.sentence().isFree(matcher.start(), matcher.end())) {
        cut = matcher.start();
        if (matcher.group().equals("with")) {
          return cut;
        }
      }
    }
    return cut;
  }

  private void addSegment(int[] stretch, WishNoun wishNoun) {
    for (var earlier : segments.reversed()) {
      boolean same = earlier.merchantKind == wishNoun.kind() && earlier.back == wishNoun.back();
      if (same && wishNoun.kind() != MerchantKind.SHOP) {
        if (hasPlace(earlier.meaningSpans) && hasPlace(in(stretch))) {
          break;
        }
        put(stretch, earlier);
        return;
      }
    }
    var segment = new Segment(wishNoun.kind(), true, wishNoun.back());
    segments.add(segment);
    put(stretch, segment);
  }

  private static boolean hasPlace(List<MeaningSpan> meaningSpans) {
    return meaningSpans.stream().anyMatch(m -> m.meaning() instanceof Meaning.KnownPlace);
  }

  private void addDetails(int[] chunk, boolean prefix) {
    if (prefix || segments.isEmpty()) {
      shared.addAll(in(chunk));
      return;
    }
    for (var meaningSpan : in(chunk)) {
      if (isOfAllGoods(meaningSpan)) {
        continue;
      }
      if (isOfTicket(meaningSpan)) {
        // Said last and alone, it is meant for both ways, unless a train has its own.
        segments.stream()
            .filter(s -> s.merchantKind == MerchantKind.TRAIN)
            .filter(s -> !s.equals(lastFitting(meaningSpan)))
            .filter(s -> s.meaningSpans.stream().noneMatch(m -> isSameTopic(m, meaningSpan)))
            .forEach(s -> s.meaningSpans.add(meaningSpan));
      }
      var segment = lastFitting(meaningSpan);
      if (segment == null) {
        shared.add(meaningSpan);
      } else {
        segment.meaningSpans.add(meaningSpan);
      }
    }
    segments.getLast().stretches.add(chunk);
  }

  private static boolean isOfTicket(MeaningSpan span) {
    return span.meaning() instanceof Word word
        && (word.topic() == Topic.CLASS || word.topic() == Topic.SEAT);
  }

  private static boolean isSameTopic(MeaningSpan one, MeaningSpan other) {
    return one.meaning() instanceof Word first
        && other.meaning() instanceof Word second
        && first.topic() == second.topic();
  }

  /** Returns the last wish that a detail can belong to; null for a limit on everything together. */
  private @Nullable Segment lastFitting(MeaningSpan meaningSpan) {
    if (meaningSpan.meaning() instanceof Cost cost
        && segments.size() > 1
        && (cost.scope() == Scope.TOTAL || cost.scope() == Scope.OPEN)) {
      return null;
    }
    if (meaningSpan.meaning() instanceof ForeignCost) {
      return null;
    }
    if (meaningSpan.meaning() instanceof Hours
        && OUTWARD_AFTER.matcher(text.substring(meaningSpan.end())).lookingAt()) {
      var outward =
          segments.stream()
              .filter(s -> s.merchantKind == MerchantKind.TRAIN && !s.back)
              .findFirst();
      if (outward.isPresent()) {
        return outward.get();
      }
    }
    var merchantKinds = DetailKinds.kinds(meaningSpan);
    for (var segment : segments.reversed()) {
      if (merchantKinds.contains(segment.merchantKind)) {
        return segment;
      }
    }
    return null;
  }

  /** Makes segments from the details when no word names a wish. */
  private void addImplied(List<int[]> chunks) {
    var merchantKind = ImpliedKind.kind(annotatedSentence);
    if (merchantKind != null) {
      for (var each : merchantKind) {
        var segment = new Segment(each, false, false);
        segments.add(segment);
        chunks.forEach(chunk -> segment.stretches.add(chunk));
        segment.meaningSpans.addAll(shared);
      }
      shared.clear();
    }
  }

  /** Gives all details to the only wish that there is. */
  private void addSharedTo(Segment only) {
    only.meaningSpans.addAll(shared);
    only.meaningSpans.sort(null);
    shared.clear();
    if (only.merchantKind != MerchantKind.SHOP) {
      only.stretches.clear();
      only.stretches.add(new int[] {0, text.length()});
    }
  }

  private void put(int[] stretch, Segment segment) {
    segment.stretches.add(stretch);
    for (var span : in(stretch)) {
      (isForAll(span) ? shared : segment.meaningSpans).add(span);
    }
  }

  /** "Tea and a scarf together for less than 400" is one limit for both. */
  private boolean isForAll(MeaningSpan span) {
    var together = TOGETHER.matcher(text.substring(0, span.start()));
    if (segments.size() < 2 || !(span.meaning() instanceof Cost) || !together.find()) {
      return false;
    }
    annotatedSentence.sentence().use(together.start(), together.end());
    return true;
  }

  private List<MeaningSpan> in(int[] stretch) {
    return annotatedSentence.marks().stream()
        .filter(m -> m.start() >= stretch[0] && m.start() < stretch[1])
        .toList();
  }
}
