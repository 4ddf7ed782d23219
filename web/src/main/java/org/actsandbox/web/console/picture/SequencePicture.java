package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.web.console.decoder.NarratedEntry;

/** Lays out journal entries as rows of a sequence diagram. */
public final class SequencePicture {

  private static final int ARROW_HEIGHT = 26;
  private static final int EDGE_PERCENT = 14;
  private static final int NOTE_TURN_PERCENT = 72;
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
        textX(middle, diagramLanes),
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
        noteAnchor(centre));
  }

  /** Returns the anchor of a note's text, so that the text stands on the side with room. */
  private static String noteAnchor(double percent) {
    return percent > NOTE_TURN_PERCENT ? "end" : "start";
  }

  /**
   * Returns the anchor of an arrow's text: near an edge the text starts or ends there, because a
   * centred text would leave the picture.
   */
  private static String anchor(double percent, DiagramLanes diagramLanes) {
    // More lanes make a wider picture, in which the same text takes a smaller part.
    double edge = Math.min(EDGE_PERCENT, EDGE_PERCENT * USUAL_LANES / diagramLanes.size());
    if (percent < edge) {
      return "start";
    }
    return percent > 100 - edge ? "end" : "middle";
  }

  private static String textX(double percent, DiagramLanes diagramLanes) {
    return switch (anchor(percent, diagramLanes)) {
      case "start" -> "1%";
      case "end" -> "99%";
      default -> DiagramLanes.percent(percent);
    };
  }
}
