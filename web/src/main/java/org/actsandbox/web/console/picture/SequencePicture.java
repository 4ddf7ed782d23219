package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.actsandbox.web.console.decoder.NarratedEntry;

/** Lays out journal entries as rows of a sequence diagram. */
public final class SequencePicture {

  /** Height of one arrow with its words, in em. */
  private static final double ARROW_HEIGHT = 2.2;

  private static final double LINE = 1.65;
  private static final double BELOW = 0.4;
  private static final double NOTE_GAP_PERCENT = 4;

  /** From here on the picture has more of the window, and half of it in the panes. */
  private static final int MANY_LANES = 8;

  /** The part of a wide picture that a text takes, where it takes all of a usual one. */
  private static final double WIDER = 0.83;

  /**
   * Half the width of a Latin letter in percent of a picture with few lanes; a Han character is
   * twice as wide. It is measured in the largest type on the narrowest pane.
   */
  private static final double HALF_LETTER_PERCENT = 0.96;

  /** Words stay between these, in percent of the picture. */
  private static final double LEFT_EDGE = 1;

  private static final double RIGHT_EDGE = 99;

  private static final int WIDEST_WORDS = 54;

  private SequencePicture() {}

  /** Says which part of a message a row shows. */
  enum Part {
    WHOLE,
    REQUEST,
    ANSWER
  }

  public static SequenceRow row(NarratedEntry narratedEntry, DiagramLanes diagramLanes) {
    return row(narratedEntry, Part.WHOLE, 1, diagramLanes);
  }

  /**
   * Lays out one row.
   *
   * @param times how often the same message was sent
   */
  static SequenceRow row(
      NarratedEntry narratedEntry, Part part, int times, DiagramLanes diagramLanes) {
    var arrows = new ArrayList<SequenceRow.Arrow>();
    var notes = new ArrayList<SequenceRow.Note>();
    var from = diagramLanes.index(narratedEntry.from()).orElse(0);
    if (narratedEntry.to() == null) {
      notes.add(note(narratedEntry, diagramLanes, from));
    } else {
      var to = diagramLanes.index(narratedEntry.to()).orElse(from);
      if (part != Part.ANSWER) {
        var words = narratedEntry.request() + (times > 1 ? " ×" + times : "");
        arrows.add(arrow(diagramLanes, from, to, 0, false, words));
      }
      if (part != Part.REQUEST && !narratedEntry.answer().isEmpty()) {
        arrows.add(arrow(diagramLanes, to, from, arrows.size(), true, narratedEntry.answer()));
      }
    }
    boolean answered = part == Part.ANSWER;
    return new SequenceRow(
        narratedEntry.seq() + (answered ? "-answer" : ""),
        narratedEntry.seq(),
        em(ARROW_HEIGHT * Math.max(1, arrows.size()) + BELOW),
        IntStream.range(0, diagramLanes.size()).mapToObj(diagramLanes::x).toList(),
        List.copyOf(arrows),
        List.copyOf(notes),
        answered ? narratedEntry.answerLabel() : narratedEntry.label(),
        narratedEntry.wrong() && part != Part.REQUEST,
        caption(narratedEntry, part),
        narratedEntry.talk(),
        narratedEntry.hover(),
        null);
  }

  private static String caption(NarratedEntry narratedEntry, Part part) {
    return switch (part) {
      case REQUEST -> narratedEntry.caption();
      case ANSWER -> narratedEntry.answerCaption();
      case WHOLE -> (narratedEntry.caption() + " " + narratedEntry.answerCaption()).strip();
    };
  }

  private static SequenceRow.Arrow arrow(
      DiagramLanes diagramLanes, int from, int to, int place, boolean back, String text) {
    double middle = middle(diagramLanes, from, to);
    double y = LINE + ARROW_HEIGHT * place;
    var words = shortened(text);
    double half = halfWidth(words, diagramLanes);
    boolean fits = 2 * half < RIGHT_EDGE - LEFT_EDGE;
    // A text that would leave the picture is moved no further than it must be.
    double wordsAt = fits ? Math.clamp(middle, LEFT_EDGE + half, RIGHT_EDGE - half) : LEFT_EDGE;
    return new SequenceRow.Arrow(
        diagramLanes.x(from),
        diagramLanes.x(to),
        to >= from,
        em(y),
        diagramLanes.all().get(from).actor(),
        back,
        words,
        DiagramLanes.percent(wordsAt),
        em(y - BELOW),
        fits ? "middle" : "start");
  }

  /**
   * Returns where the words of an arrow stand: in its middle. Among many lanes the words of a long
   * arrow stay near its left end, so that those of one sender stand below each other.
   */
  private static double middle(DiagramLanes diagramLanes, int from, int to) {
    double left = diagramLanes.centre(Math.min(from, to));
    double right = diagramLanes.centre(Math.max(from, to));
    double half = (right - left) / 2;
    return diagramLanes.size() < MANY_LANES
        ? left + half
        : left + Math.min(half, 1.5 * 100 / diagramLanes.size());
  }

  private static SequenceRow.Note note(
      NarratedEntry narratedEntry, DiagramLanes diagramLanes, int at) {
    double centre = diagramLanes.centre(at);
    var words = shortened(narratedEntry.request());
    double width = 2 * halfWidth(words, diagramLanes) + NOTE_GAP_PERCENT;
    // Text without room on either side ends at the right edge, over its own mark's life line.
    boolean right = centre + width < RIGHT_EDGE;
    boolean left = !right && centre - width > LEFT_EDGE;
    return new SequenceRow.Note(
        diagramLanes.x(at),
        em(LINE - BELOW),
        diagramLanes.all().get(at).actor(),
        words,
        right || left ? diagramLanes.x(at) : DiagramLanes.percent(RIGHT_EDGE),
        em(LINE - 0.05),
        right ? "start" : "end",
        right ? 10 : (left ? -10 : 0));
  }

  private static double halfWidth(String words, DiagramLanes diagramLanes) {
    return width(words) * HALF_LETTER_PERCENT * (diagramLanes.size() < MANY_LANES ? 1 : WIDER);
  }

  private static int width(String words) {
    return words.codePoints().map(SequencePicture::width).sum();
  }

  private static int width(int character) {
    return Character.isIdeographic(character) || character >= 0xff00 ? 2 : 1;
  }

  private static String shortened(String words) {
    if (width(words) <= WIDEST_WORDS) {
      return words;
    }
    int units = 0;
    int end = 0;
    while (units < WIDEST_WORDS - 2) {
      units += width(words.codePointAt(end));
      end += Character.charCount(words.codePointAt(end));
    }
    return words.substring(0, end).strip() + "…";
  }

  private static String em(double value) {
    return String.format(Locale.ROOT, "%.2fem", value);
  }
}
