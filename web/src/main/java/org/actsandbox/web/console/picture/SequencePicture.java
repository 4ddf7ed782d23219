package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.web.console.decoder.NarratedEntry;

/** Lays journal entries out as rows of a sequence diagram. */
public final class SequencePicture {

  private static final int ARROW_HEIGHT = 26;
  private static final int EDGE_PERCENT = 14;
  private static final int NOTES_TURN = 72;
  private static final double USUAL_LANES = 5;

  private SequencePicture() {}

  public static SequenceRow row(NarratedEntry narratedEntry, DiagramLanes diagramLanes) {
    var lines = IntStream.range(0, diagramLanes.size()).mapToObj(diagramLanes::x).toList();
    var from = diagramLanes.index(narratedEntry.from()).orElse(0);
    if (narratedEntry.to() == null) {
      var note = note(narratedEntry, diagramLanes, from);
      return new SequenceRow(
          narratedEntry.seq(),
          ARROW_HEIGHT,
          lines,
          List.of(),
          List.of(note),
          narratedEntry.label(),
          narratedEntry.wrong(),
          "");
    }
    var to = diagramLanes.index(narratedEntry.to()).orElse(from);
    var arrows = new ArrayList<SequenceRow.Arrow>();
    arrows.add(arrow(diagramLanes, from, to, 19, false, narratedEntry.request()));
    if (!narratedEntry.answer().isEmpty()) {
      arrows.add(arrow(diagramLanes, to, from, 19 + ARROW_HEIGHT, true, narratedEntry.answer()));
    }
    int height = ARROW_HEIGHT * arrows.size() + 4;
    return new SequenceRow(
        narratedEntry.seq(),
        height,
        lines,
        List.copyOf(arrows),
        List.of(),
        narratedEntry.label(),
        narratedEntry.wrong(),
        null);
  }

  private static SequenceRow.Arrow arrow(
      DiagramLanes diagramLanes, int from, int to, int y, boolean back, String words) {
    double middle = (diagramLanes.centre(from) + diagramLanes.centre(to)) / 2;
    return new SequenceRow.Arrow(
        diagramLanes.x(from),
        diagramLanes.x(to),
        to >= from,
        y,
        diagramLanes.all().get(from).actor(),
        back,
        words,
        at(middle, diagramLanes),
        anchor(middle, diagramLanes));
  }

  private static SequenceRow.Note note(
      NarratedEntry narratedEntry, DiagramLanes diagramLanes, int at) {
    double centre = diagramLanes.centre(at);
    return new SequenceRow.Note(
        diagramLanes.x(at),
        13,
        diagramLanes.all().get(at).actor(),
        narratedEntry.request(),
        side(centre));
  }

  /** Beside its mark, where there is room. */
  private static String side(double percent) {
    return percent > NOTES_TURN ? "end" : "start";
  }

  /** Near an edge words start or end there instead of being centred beyond it. */
  private static String anchor(double percent, DiagramLanes diagramLanes) {
    // More lanes make a wider picture, in which the same words take a smaller part.
    double edge = Math.min(EDGE_PERCENT, EDGE_PERCENT * USUAL_LANES / diagramLanes.size());
    if (percent < edge) {
      return "start";
    }
    return percent > 100 - edge ? "end" : "middle";
  }

  private static String at(double percent, DiagramLanes diagramLanes) {
    return switch (anchor(percent, diagramLanes)) {
      case "start" -> "1%";
      case "end" -> "99%";
      default -> DiagramLanes.percent(percent);
    };
  }
}
