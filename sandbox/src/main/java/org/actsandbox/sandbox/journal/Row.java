package org.actsandbox.sandbox.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way into a block: everything but its data as {@link JournalEntry} has it, and the
 * data as JSON text, so that it is made once.
 */
@SuppressWarnings("ArrayRecordComponent") // on its way into a block, never compared
record Row(Line line, byte[] data) {

  private static final int ACTOR_LENGTH = 80;
  private static final int COMPONENT_LENGTH = 40;

  /** A {@link JournalEntry} without its data; what is too long is cut. */
  record Line(
      long seq,
      Instant at,
      Instant recordedAt,
      String actor,
      @Nullable String peer,
      JournalNote.Kind kind,
      String component,
      String event,
      Map<String, String> ids) {

    Line {
      at = at.truncatedTo(ChronoUnit.MICROS);
      recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
      actor = cut(actor, ACTOR_LENGTH);
      peer = peer == null ? null : cut(peer, ACTOR_LENGTH);
      component = cut(component, COMPONENT_LENGTH);
      event = cut(event, ACTOR_LENGTH);
      var fitting = new HashMap<String, String>();
      ids.forEach((name, value) -> fitting.put(name, IdIndex.fit(value)));
      ids = Map.copyOf(fitting);
    }
  }

  static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
