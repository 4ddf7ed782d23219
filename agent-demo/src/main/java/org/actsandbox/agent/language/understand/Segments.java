package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
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
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a sentence into segments, one per wish. A head names a wish ("train", "酒店", a product); what
 * stands before the first head is said of all.
 */
final class Segments {

  private static final Pattern SEPARATOR =
      Pattern.compile(
          "[,;:!?，。；：！？、\\n]|\\.(?= |$)|\\b(?:and|plus|then|also|as well as|along with|together with)\\b|[&+]"
              + "|和|以及|还有|还要|还想|(?<!不)再(?!晚|早|便)|另外|然后|顺便|加上|外加|并且?");
  private static final Pattern CUT =
      Pattern.compile("\\b(?:with|a|an|the|some|one|two|three|\\d+)\\b|[一两三四五六\\d]+[个只张间把盒件]");

  /** Who speaks of an earlier hour arrives in the night and needs no ticket. */
  private static final LocalTime MORNING = LocalTime.of(5, 0);

  final List<Segment> segments = new ArrayList<>();

  /** Marks that belong to no single wish. */
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
    segments.cut();
    return segments;
  }

  private void cut() {
    var chunks = chunks();
    var prefix = true;
    for (int[] chunk : chunks) {
      var inside =
          wishNouns.stream().filter(h -> h.start() >= chunk[0] && h.start() < chunk[1]).toList();
      if (inside.isEmpty()) {
        headless(chunk, prefix);
      } else {
        prefix = false;
        split(chunk, inside);
      }
    }
    if (segments.isEmpty()) {
      implied(chunks);
    } else if (goesSomewhere()) {
      var train = new Segment(MerchantKind.TRAIN, false, false);
      train.stretches.add(new int[] {0, text.length()});
      train.meaningSpans.addAll(shared);
      segments.addFirst(train);
    } else if (segments.size() == 1) {
      adopt(segments.getFirst());
    }
  }

  /** 明早去上海，住一晚: a place to go to and an hour, before all that has a name. */
  private boolean goesSomewhere() {
    return segments.stream().noneMatch(s -> s.merchantKind == MerchantKind.TRAIN)
        && segments.stream().anyMatch(s -> s.merchantKind == MerchantKind.HOTEL)
        && shared.stream()
            .anyMatch(m -> m.meaning() instanceof KnownPlace spot && spot.role() == Role.TO)
        && shared.stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Hours hours
                        && hours.departAfter() != null
                        && !hours.departAfter().isBefore(MORNING));
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

  private void split(int[] chunk, List<WishNoun> inside) {
    int start = chunk[0];
    if (inside.getFirst().back() && !segments.isEmpty()) {
      // 往返苏州，明天去周六回: what stands before the day of return is of the way there.
      start = boundary(start, inside.getFirst());
      put(new int[] {chunk[0], start}, segments.getLast());
    }
    for (int i = 0; i < inside.size(); i++) {
      var wishNoun = inside.get(i);
      int end = chunk[1];
      int next = i + 1;
      while (next < inside.size() && !parts(wishNoun, inside.get(next))) {
        next++;
      }
      if (next < inside.size()) {
        end = boundary(wishNoun.end(), inside.get(next));
      }
      i = next - 1;
      segment(new int[] {start, end}, wishNoun);
      start = end;
    }
  }

  /** Whether the second head starts another wish than the first in the same breath. */
  private static boolean parts(WishNoun first, WishNoun second) {
    return first.kind() != second.kind()
        || first.kind() == MerchantKind.SHOP
        || (second.back() && !first.back());
  }

  private int boundary(int from, WishNoun next) {
    if (next.back()) {
      // 周五去上海周日晚上回: the last day before 回 belongs to it.
      int start = next.start();
      for (var meaningSpan : annotatedSentence.marks()) {
        boolean before = meaningSpan.start() >= from && meaningSpan.end() <= next.start();
        if (meaningSpan.meaning() instanceof Day && before && text.charAt(next.start()) > 0x2E80) {
          start = meaningSpan.start();
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

  private void segment(int[] stretch, WishNoun wishNoun) {
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

  private void headless(int[] chunk, boolean prefix) {
    if (prefix || segments.isEmpty()) {
      shared.addAll(in(chunk));
      return;
    }
    for (var meaningSpan : in(chunk)) {
      var segment = home(meaningSpan);
      if (segment == null) {
        shared.add(meaningSpan);
      } else {
        segment.meaningSpans.add(meaningSpan);
      }
    }
    segments.getLast().stretches.add(chunk);
  }

  /** The last wish a detail can belong to; none for what limits everything together. */
  private @Nullable Segment home(MeaningSpan meaningSpan) {
    if (meaningSpan.meaning() instanceof Cost cost
        && segments.size() > 1
        && (cost.scope() == Scope.TOTAL || cost.scope() == Scope.OPEN)) {
      return null;
    }
    if (meaningSpan.meaning() instanceof ForeignCost) {
      return null;
    }
    var merchantKinds = DetailKinds.kinds(meaningSpan);
    for (var segment : segments.reversed()) {
      if (merchantKinds.contains(segment.merchantKind)) {
        return segment;
      }
    }
    return null;
  }

  /** No word names a wish: details may. */
  private void implied(List<int[]> chunks) {
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

  /** All details belong to the only wish there is. */
  private void adopt(Segment only) {
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
    segment.meaningSpans.addAll(in(stretch));
  }

  private List<MeaningSpan> in(int[] stretch) {
    return annotatedSentence.marks().stream()
        .filter(m -> m.start() >= stretch[0] && m.start() < stretch[1])
        .toList();
  }
}
