package org.actsandbox.web.console.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is the row of one journal entry in the sequence diagram. It is as wide as its container:
 * horizontal positions are percent, vertical ones pixels, so that rows form one picture at any
 * width.
 *
 * @param lanes positions of the life lines
 * @param label text for screen readers
 * @param wrong true for an error or a refusal, which is red with a sign before the text
 * @param time time of the entry; empty if it is that of the row before, null if the picture shows
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
   * Is the arrow of a request or an answer.
   *
   * @param tip position of the arrow's head
   * @param right true if the head points right
   * @param back true for an answer, which is dashed
   * @param anchor start, middle or end, so that the text stays inside the picture
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

  /** Is the note of an event at one participant, without a message. */
  public record Note(String x, int y, String actor, String words, String anchor) {}
}
