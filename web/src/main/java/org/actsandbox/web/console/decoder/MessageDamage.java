package org.actsandbox.web.console.decoder;

import java.util.List;

/**
 * Shows where a message is broken, with the text around that place.
 *
 * @param title the damaged part: a header's name, {@code request} or {@code answer}
 * @param why the code of the sentence in the bundles, {@code entry.break.<why>}
 * @param arguments arguments of that sentence: the position, counted from 1, and the text there
 * @param before the text right before the mark
 * @param mark the wrong part; empty where something is missing
 * @param after the text after the mark
 */
public record MessageDamage(
    String title, String why, List<Object> arguments, String before, String mark, String after) {

  /**
   * The number of characters shown on each side: enough to find the place, few enough to see at
   * once.
   */
  static final int AROUND = 48;

  public MessageDamage {
    arguments = List.copyOf(arguments);
  }

  /** Returns the arguments as an array, which message templates need. */
  public Object[] args() {
    return arguments.toArray();
  }

  static MessageDamage in(
      String title, String why, String text, int at, int length, Object... more) {
    int from = Math.clamp(at, 0, text.length());
    int to = Math.clamp((long) at + length, from, text.length());
    var arguments = new java.util.ArrayList<Object>();
    arguments.add(from + 1);
    arguments.addAll(List.of(more));
    return new MessageDamage(
        title,
        why,
        arguments,
        (from > AROUND ? "…" : "") + text.substring(Math.max(0, from - AROUND), from),
        text.substring(from, to),
        text.substring(to, Math.min(text.length(), to + AROUND))
            + (to + AROUND < text.length() ? "…" : ""));
  }
}
