package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.web.console.decoder.Step;

/** Lays journal entries out as rows of a sequence diagram. */
public final class SequencePicture {

  private static final int ARROW_HEIGHT = 26;
  private static final int EDGE_PERCENT = 14;
  private static final int NOTES_TURN = 72;
  private static final double USUAL_LANES = 5;

  private SequencePicture() {}

  public static SequenceRow row(Step step, Lanes lanes) {
    var lines = IntStream.range(0, lanes.size()).mapToObj(lanes::x).toList();
    var from = lanes.index(step.from()).orElse(0);
    if (step.to() == null) {
      var note = note(step, lanes, from);
      return new SequenceRow(
          step.seq(),
          ARROW_HEIGHT,
          lines,
          List.of(),
          List.of(note),
          step.label(),
          step.wrong(),
          "");
    }
    var to = lanes.index(step.to()).orElse(from);
    var arrows = new ArrayList<SequenceRow.Arrow>();
    arrows.add(arrow(lanes, from, to, 19, false, step.request()));
    if (!step.answer().isEmpty()) {
      arrows.add(arrow(lanes, to, from, 19 + ARROW_HEIGHT, true, step.answer()));
    }
    int height = ARROW_HEIGHT * arrows.size() + 4;
    return new SequenceRow(
        step.seq(),
        height,
        lines,
        List.copyOf(arrows),
        List.of(),
        step.label(),
        step.wrong(),
        null);
  }

  private static SequenceRow.Arrow arrow(
      Lanes lanes, int from, int to, int y, boolean back, String words) {
    double middle = (lanes.centre(from) + lanes.centre(to)) / 2;
    return new SequenceRow.Arrow(
        lanes.x(from),
        lanes.x(to),
        to >= from,
        y,
        lanes.all().get(from).actor(),
        back,
        words,
        at(middle, lanes),
        anchor(middle, lanes));
  }

  private static SequenceRow.Note note(Step step, Lanes lanes, int at) {
    double centre = lanes.centre(at);
    return new SequenceRow.Note(
        lanes.x(at), 13, lanes.all().get(at).actor(), step.request(), side(centre));
  }

  /** Beside its mark, where there is room. */
  private static String side(double percent) {
    return percent > NOTES_TURN ? "end" : "start";
  }

  /** Near an edge words start or end there instead of being centred beyond it. */
  private static String anchor(double percent, Lanes lanes) {
    // More lanes make a wider picture, in which the same words take a smaller part.
    double edge = Math.min(EDGE_PERCENT, EDGE_PERCENT * USUAL_LANES / lanes.size());
    if (percent < edge) {
      return "start";
    }
    return percent > 100 - edge ? "end" : "middle";
  }

  private static String at(double percent, Lanes lanes) {
    return switch (anchor(percent, lanes)) {
      case "start" -> "1%";
      case "end" -> "99%";
      default -> Lanes.percent(percent);
    };
  }
}
