package org.actsandbox.sandbox.journal.storage;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.CopyBuffers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Represents a journal entry on its way into a block.
 *
 * @param json the whole entry as JSON text, until the next row is made with the same buffer
 */
record JournalRow(Line line, ByteArrayOutputStream json) {

  private static final Logger log = LoggerFactory.getLogger(JournalRow.class);

  /** Limit of an entry in bytes; it leaves room below the limit of a block. */
  private static final int MAX_DATA = 900_000;

  private static final int ACTOR_LENGTH = 80;
  private static final int COMPONENT_LENGTH = 40;

  /**
   * Holds a {@link JournalEntry} without its data; fields that are too long are cut.
   *
   * @param ids sorted by name, as they are written: other maps are copied for it
   */
  record Line(
      long seq,
      Instant at,
      Instant recordedAt,
      String actor,
      @Nullable String peer,
      JournalNote.Kind kind,
      String component,
      String event,
      SortedMap<String, String> ids) {

    Line {
      at = at.truncatedTo(ChronoUnit.MICROS);
      recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
      actor = truncate(actor, ACTOR_LENGTH);
      peer = peer == null ? null : truncate(peer, ACTOR_LENGTH);
      component = truncate(component, COMPONENT_LENGTH);
      event = truncate(event, ACTOR_LENGTH);
      ids = new TreeMap<>(ids);
      ids.replaceAll((_, value) -> JournalIdIndex.truncate(value));
    }
  }

  /** Holds a line with its data, in the order in which an entry is stored. */
  record Entry(
      long seq,
      Instant at,
      Instant recordedAt,
      String actor,
      @Nullable String peer,
      JournalNote.Kind kind,
      String component,
      String event,
      Map<String, String> ids,
      Object data) {}

  /**
   * Makes the row of a pending entry. One that cannot be made is replaced and never lost.
   *
   * @param buffer gets the entry's text instead of what it has
   * @param copies memory that is used until this returns
   */
  static JournalRow of(
      PendingEntry pendingEntry, long seq, ByteArrayOutputStream buffer, CopyBuffers copies) {
    copies.begin();
    try {
      var entry = pendingEntry.numbered(seq, copies);
      var row = of(entry.line(), entry.data(), buffer);
      if (row.json().size() <= MAX_DATA) {
        return row;
      }
      int length = Json.bytes(entry.data()).length;
      return of(entry.line(), remark("data of " + length + " bytes left out"), buffer);
    } catch (RuntimeException broken) {
      log.error("journal entry {} cannot be written down", seq, broken);
      return of(
          new PendingEntry.Unwritable(pendingEntry).numbered(seq, copies).line(),
          remark("entry could not be written down"),
          buffer);
    }
  }

  private static Map<String, String> remark(String text) {
    return Map.of("remark", text);
  }

  private static JournalRow of(Line line, Object data, ByteArrayOutputStream buffer) {
    buffer.reset();
    Json.write(
        new Entry(
            line.seq(),
            line.at(),
            line.recordedAt(),
            line.actor(),
            line.peer(),
            line.kind(),
            line.component(),
            line.event(),
            line.ids(),
            data),
        buffer);
    return new JournalRow(line, buffer);
  }

  static String truncate(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
