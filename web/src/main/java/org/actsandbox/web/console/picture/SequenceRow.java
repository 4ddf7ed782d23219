package org.actsandbox.web.console.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One journal entry in the sequence diagram: a strip as wide as its container, positions across in
 * percent, down in pixels, so that rows stack to one picture at any width.
 *
 * @param lanes where the life lines run
 * @param label what a screen reader says
 * @param wrong an error or a refusal: red, and a sign before the words
 * @param time when it happened; empty for the same as the row before, null where the picture says
 *     no times
 */
public record SequenceRow(
    long seq,
    int height,
    List<String> lanes,
    List<Arrow> arrows,
    List<Note> notes,
    String label,
    boolean wrong,
    @Nullable String time) {

  public SequenceRow at(String moment) {
    return new SequenceRow(seq, height, lanes, arrows, notes, label, wrong, moment);
  }

  /**
   * @param tip where the head stands
   * @param right the head points right
   * @param back an answer: dashed
   * @param anchor start, middle or end, so that words stay inside the picture
   */
  public record Arrow(
      String from,
      String tip,
      boolean right,
      int y,
      String actor,
      boolean back,
      String words,
      String wordsX,
      String anchor) {}

  /** Something that happened at one participant, without a message. */
  public record Note(String x, int y, String actor, String words, String anchor) {}
}
