package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.Nullable;

/**
 * Is a journal entry told in a few words.
 *
 * @param from DID of the participant that sent the request or recorded the event
 * @param to DID of the receiver; null for an event, which has none
 * @param request text on the arrow of the request, or of the event's note
 * @param answer text on the arrow of the answer; empty for none
 * @param label who tells whom, before the words of the request
 * @param answerLabel who answers whom, before the words of the answer
 * @param caption one sentence that says what the request or the event means
 * @param answerCaption one sentence that says what the answer means; empty for none
 * @param talk one sentence for a speaker who shows the message; empty for none
 * @param hover the request line with the answer's status; empty for an event
 * @param wrong true for an error or a refusal
 */
public record NarratedEntry(
    long seq,
    String from,
    @Nullable String to,
    String request,
    String answer,
    String label,
    String answerLabel,
    String caption,
    String answerCaption,
    String talk,
    String hover,
    boolean wrong) {
  /**
   * Returns one sentence or two for the whole message. A message without sentences of its own is
   * told by the words on its arrows.
   */
  public String sentence() {
    var asked = caption.isEmpty() ? label + " " + request : caption;
    if (!answerCaption.isEmpty()) {
      return asked + " " + answerCaption;
    }
    return answer.isEmpty() ? asked : asked + " → " + answer;
  }
}
