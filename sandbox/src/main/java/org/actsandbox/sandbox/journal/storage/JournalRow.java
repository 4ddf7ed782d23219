package org.actsandbox.sandbox.journal.storage;

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
record JournalRow(Line line, byte[] data) {

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
      actor = truncate(actor, ACTOR_LENGTH);
      peer = peer == null ? null : truncate(peer, ACTOR_LENGTH);
      component = truncate(component, COMPONENT_LENGTH);
      event = truncate(event, ACTOR_LENGTH);
      var fitting = new HashMap<String, String>();
      ids.forEach((name, value) -> fitting.put(name, JournalIdIndex.truncate(value)));
      ids = Map.copyOf(fitting);
    }
  }

  static String truncate(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
