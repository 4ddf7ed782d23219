package org.actsandbox.agent.language.understand;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Reading;
import org.actsandbox.protocol.commerce.Kind;
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
  final List<Mark> shared = new ArrayList<>();

  private final Reading reading;
  private final String text;
  private final List<Head> heads;

  private Segments(Reading reading, List<Head> heads) {
    this.reading = reading;
    this.text = reading.sentence().plain();
    this.heads = heads;
  }

  static Segments of(Reading reading) {
    var segments = new Segments(reading, Head.all(reading));
    segments.cut();
    return segments;
  }

  private void cut() {
    var chunks = chunks();
    var prefix = true;
    for (int[] chunk : chunks) {
      var inside =
          heads.stream().filter(h -> h.start() >= chunk[0] && h.start() < chunk[1]).toList();
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
      var train = new Segment(Kind.TRAIN, false, false);
      train.stretches.add(new int[] {0, text.length()});
      train.marks.addAll(shared);
      segments.addFirst(train);
    } else if (segments.size() == 1) {
      adopt(segments.getFirst());
    }
  }

  /** 明早去上海，住一晚: a place to go to and an hour, before all that has a name. */
  private boolean goesSomewhere() {
    return segments.stream().noneMatch(s -> s.kind == Kind.TRAIN)
        && segments.stream().anyMatch(s -> s.kind == Kind.HOTEL)
        && shared.stream().anyMatch(m -> m.meaning() instanceof Spot spot && spot.role() == Role.TO)
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
      if (reading.sentence().isFree(matcher.start(), matcher.end())) {
        chunks.add(new int[] {start, matcher.start()});
        start = matcher.end();
      }
    }
    chunks.add(new int[] {start, text.length()});
    return chunks;
  }

  private void split(int[] chunk, List<Head> inside) {
    int start = chunk[0];
    if (inside.getFirst().back() && !segments.isEmpty()) {
      // 往返苏州，明天去周六回: what stands before the day of return is of the way there.
      start = boundary(start, inside.getFirst());
      put(new int[] {chunk[0], start}, segments.getLast());
    }
    for (int i = 0; i < inside.size(); i++) {
      var head = inside.get(i);
      int end = chunk[1];
      int next = i + 1;
      while (next < inside.size() && !parts(head, inside.get(next))) {
        next++;
      }
      if (next < inside.size()) {
        end = boundary(head.end(), inside.get(next));
      }
      i = next - 1;
      segment(new int[] {start, end}, head);
      start = end;
    }
  }

  /** Whether the second head starts another wish than the first in the same breath. */
  private static boolean parts(Head first, Head second) {
    return first.kind() != second.kind()
        || first.kind() == Kind.SHOP
        || (second.back() && !first.back());
  }

  private int boundary(int from, Head next) {
    if (next.back()) {
      // 周五去上海周日晚上回: the last day before 回 belongs to it.
      int start = next.start();
      for (var mark : reading.marks()) {
        boolean before = mark.start() >= from && mark.end() <= next.start();
        if (mark.meaning() instanceof Day && before && text.charAt(next.start()) > 0x2E80) {
          start = mark.start();
        }
      }
      return start;
    }
    var matcher = CUT.matcher(text).region(from, next.start());
    int cut = next.start();
    while (matcher.find()) {
      if (reading.sentence().isFree(matcher.start(), matcher.end())) {
        cut = matcher.start();
        if (matcher.group().equals("with")) {
          return cut;
        }
      }
    }
    return cut;
  }

  private void segment(int[] stretch, Head head) {
    for (var earlier : segments.reversed()) {
      boolean same = earlier.kind == head.kind() && earlier.back == head.back();
      if (same && head.kind() != Kind.SHOP) {
        if (hasPlace(earlier.marks) && hasPlace(in(stretch))) {
          break;
        }
        put(stretch, earlier);
        return;
      }
    }
    var segment = new Segment(head.kind(), true, head.back());
    segments.add(segment);
    put(stretch, segment);
  }

  private static boolean hasPlace(List<Mark> marks) {
    return marks.stream().anyMatch(m -> m.meaning() instanceof Spot);
  }

  private void headless(int[] chunk, boolean prefix) {
    if (prefix || segments.isEmpty()) {
      shared.addAll(in(chunk));
      return;
    }
    for (var mark : in(chunk)) {
      var segment = home(mark);
      if (segment == null) {
        shared.add(mark);
      } else {
        segment.marks.add(mark);
      }
    }
    segments.getLast().stretches.add(chunk);
  }

  /** The last wish a detail can belong to; none for what limits everything together. */
  private @Nullable Segment home(Mark mark) {
    if (mark.meaning() instanceof Cost cost
        && segments.size() > 1
        && (cost.scope() == Scope.TOTAL || cost.scope() == Scope.OPEN)) {
      return null;
    }
    if (mark.meaning() instanceof ForeignCost) {
      return null;
    }
    var kinds = Details.kinds(mark);
    for (var segment : segments.reversed()) {
      if (kinds.contains(segment.kind)) {
        return segment;
      }
    }
    return null;
  }

  /** No word names a wish: details may. */
  private void implied(List<int[]> chunks) {
    var kind = Implied.kind(reading);
    if (kind != null) {
      for (var each : kind) {
        var segment = new Segment(each, false, false);
        segments.add(segment);
        chunks.forEach(chunk -> segment.stretches.add(chunk));
        segment.marks.addAll(shared);
      }
      shared.clear();
    }
  }

  /** All details belong to the only wish there is. */
  private void adopt(Segment only) {
    only.marks.addAll(shared);
    only.marks.sort(null);
    shared.clear();
    if (only.kind != Kind.SHOP) {
      only.stretches.clear();
      only.stretches.add(new int[] {0, text.length()});
    }
  }

  private void put(int[] stretch, Segment segment) {
    segment.stretches.add(stretch);
    segment.marks.addAll(in(stretch));
  }

  private List<Mark> in(int[] stretch) {
    return reading.marks().stream()
        .filter(m -> m.start() >= stretch[0] && m.start() < stretch[1])
        .toList();
  }
}
