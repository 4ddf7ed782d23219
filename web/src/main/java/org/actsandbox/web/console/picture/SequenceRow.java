package org.actsandbox.web.console.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is a row of the sequence diagram: a whole message, or its request or its answer alone. It is as
 * wide as its container: horizontal positions are percent, vertical ones are in em, so that rows
 * form one picture at any width and in any size of type.
 *
 * @param id number of the journal entry, with {@code -answer} for an answer alone
 * @param lanes positions of the life lines
 * @param label text for screen readers before the words of the row
 * @param wrong true for an error or a refusal, which is red with a sign before the text
 * @param caption one sentence that says what the message means
 * @param talk one sentence for a speaker; empty for none
 * @param hover the request line and the status
 * @param time time of the entry; empty if it is that of the row before, null if the picture shows
 *     no times
 */
public record SequenceRow(
    String id,
    long seq,
    String height,
    List<String> lanes,
    List<Arrow> arrows,
    List<Note> notes,
    String label,
    boolean wrong,
    String caption,
    String talk,
    String hover,
    @Nullable String time) {

  public SequenceRow at(String moment) {
    return new SequenceRow(
        id, seq, height, lanes, arrows, notes, label, wrong, caption, talk, hover, moment);
  }

  /** Returns a copy with another id, for a page with the rows of two journals. */
  public SequenceRow named(String otherId) {
    return new SequenceRow(
        otherId, seq, height, lanes, arrows, notes, label, wrong, caption, talk, hover, time);
  }

  /**
   * Is the arrow of a request or an answer.
   *
   * @param tip position of the arrow's head
   * @param right true if the head points right
   * @param back true for an answer, which is dashed
   * @param wordsY base line of the text above the arrow
   * @param anchor start, middle or end, so that the text stays inside the picture
   */
  public record Arrow(
      String from,
      String tip,
      boolean right,
      String y,
      String actor,
      boolean back,
      String words,
      String wordsX,
      String wordsY,
      String anchor) {}

  /**
   * Is the note of an event at one participant, without a message.
   *
   * @param gap distance of the words from their position, in pixels
   */
  public record Note(
      String x,
      String y,
      String actor,
      String words,
      String wordsX,
      String wordsY,
      String anchor,
      int gap) {}
}
