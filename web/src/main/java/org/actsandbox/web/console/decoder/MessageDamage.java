package org.actsandbox.web.console.decoder;

import java.util.List;

/**
 * Where a message is broken, shown in its surroundings.
 *
 * @param title what it is in: a header's name, {@code request} or {@code answer}
 * @param why names the sentence, {@code entry.break.<why>}
 * @param arguments of that sentence: where, counted from 1, and what is there
 * @param before what comes right before the mark
 * @param mark the part that is wrong; empty where something is missing
 * @param after what follows
 */
public record MessageDamage(
    String title, String why, List<Object> arguments, String before, String mark, String after) {

  /** Enough to find the place again, little enough for one look. */
  static final int AROUND = 48;

  public MessageDamage {
    arguments = List.copyOf(arguments);
  }

  /** Template arguments are arrays. */
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
