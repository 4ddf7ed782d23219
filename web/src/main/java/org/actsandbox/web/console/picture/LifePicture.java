package org.actsandbox.web.console.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows the life of a delegation as a line: when it could be used, what was paid under it and what
 * was refused. Horizontal positions are percent of the time between its first and its last moment.
 *
 * @param now position of the present; empty when the delegation is over
 */
public record LifePicture(List<Span> spans, List<Moment> moments, String now) {

  /** Ours: moments closer than this share of the width are one point of the picture. */
  private static final double SAME = 0.01;

  /** The share of the width of a telephone that one letter needs; a Chinese one needs two. */
  private static final double LETTER = 0.02;

  private static final int LINES = 3;

  /**
   * A time in which the delegation did not change its state.
   *
   * @param state waiting, active, suspended or over
   */
  public record Span(String state, String x, String width) {}

  /**
   * Something that happened.
   *
   * @param kind issued, paid, refused, suspended, resumed, revoked or ended
   * @param words what happened at this moment; empty where there is no room for it
   * @param line the line of its words, 0 for the line next to the picture
   * @param anchor start, middle or end, so that its words stay inside the picture
   */
  public record Moment(String kind, String words, String x, int line, String anchor) {}

  /** Something that happened, before it is drawn. */
  public record Event(String kind, Instant at, String words) {}

  /**
   * Lays out a life.
   *
   * @param from the first moment at which the delegation could be used
   * @param until when it ends by itself
   * @param now the present
   * @param events what happened, in any order
   */
  public static LifePicture of(Instant from, Instant until, Instant now, List<Event> events) {
    var sorted = events.stream().sorted(Comparator.comparing(Event::at)).toList();
    var first =
        sorted.isEmpty() || from.isBefore(sorted.getFirst().at()) ? from : sorted.getFirst().at();
    var scale = new Scale(first, until);
    return new LifePicture(
        spans(scale, from, until, sorted),
        moments(scale, sorted),
        now.isBefore(until) && !isOver(sorted) ? DiagramLanes.percent(100 * scale.at(now)) : "");
  }

  private record Scale(Instant first, Instant last) {

    double at(Instant moment) {
      long whole = Duration.between(first, last).toMillis();
      return whole <= 0
          ? 1
          : Math.clamp((double) Duration.between(first, moment).toMillis() / whole, 0, 1);
    }
  }

  private static boolean isOver(List<Event> events) {
    return events.stream().anyMatch(event -> Set.of("revoked", "ended").contains(event.kind()));
  }

  private static List<Span> spans(Scale scale, Instant from, Instant until, List<Event> sorted) {
    var spans = new ArrayList<Span>();
    double begin = scale.at(from);
    if (begin > 0) {
      spans.add(span("waiting", 0, begin));
    }
    var state = "active";
    for (var event : sorted) {
      var next =
          switch (event.kind()) {
            case "suspended" -> "suspended";
            case "resumed" -> "active";
            case "revoked", "ended" -> "over";
            default -> state;
          };
      double at = Math.max(begin, scale.at(event.at()));
      if (!next.equals(state)) {
        spans.add(span(state, begin, at));
        begin = at;
        state = next;
      }
    }
    spans.add(span(state, begin, scale.at(until)));
    return List.copyOf(spans);
  }

  private static Span span(String state, double from, double to) {
    return new Span(
        state,
        DiagramLanes.percent(100 * from),
        DiagramLanes.percent(100 * Math.max(0, to - from)));
  }

  /** Where there is no room for the words of a moment, the list below the picture has them. */
  private static List<Moment> moments(Scale scale, List<Event> sorted) {
    var moments = new ArrayList<Moment>();
    var ends = new double[LINES];
    int next = 0;
    while (next < sorted.size()) {
      double at = scale.at(sorted.get(next).at());
      int first = next;
      while (next < sorted.size() && scale.at(sorted.get(next).at()) - at < SAME) {
        next++;
      }
      var together = sorted.subList(first, next);
      var words = together.stream().map(Event::words).collect(Collectors.joining(" · "));
      var anchor = at < 0.15 ? "start" : at > 0.85 ? "end" : "middle";
      double width = LETTER * words.codePoints().map(each -> each > 0x2e80 ? 2 : 1).sum();
      double begin =
          switch (anchor) {
            case "start" -> at;
            case "end" -> at - width;
            default -> at - width / 2;
          };
      int line = 0;
      while (line < LINES && begin < ends[line]) {
        line++;
      }
      boolean fits = line < LINES && begin >= 0 && begin + width <= 1 + LETTER;
      if (fits) {
        ends[line] = begin + width + LETTER;
      }
      moments.add(
          new Moment(
              together.getLast().kind(),
              fits ? words : "",
              DiagramLanes.percent(1 + 98 * at),
              fits ? line : 0,
              anchor));
    }
    return List.copyOf(moments);
  }
}
