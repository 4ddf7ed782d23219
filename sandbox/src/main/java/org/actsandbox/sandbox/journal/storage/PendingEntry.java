package org.actsandbox.sandbox.journal.storage;

import java.time.Instant;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.CopyBuffers;

/** Represents a journal entry that was noted and is not stored yet. */
sealed interface PendingEntry permits PendingNote, PendingExchange, PendingEntry.Unwritable {

  /** Holds the entry as it will be stored, and the object that its data is written from. */
  record Numbered(JournalRow.Line line, Object data) {}

  /** Returns the approximate size in memory in bytes, by which the queue is bounded. */
  int weight();

  /**
   * Makes the entry as it will be stored. It runs on the writer's thread, so that callers need not
   * wait.
   *
   * @param buffers the memory of copies, which the data may be made of
   */
  Numbered numbered(long seq, CopyBuffers buffers);

  /** Replaces a journal entry that could not be made, so that its number is not missing. */
  record Unwritable(PendingEntry original) implements PendingEntry {

    @Override
    public int weight() {
      return original.weight();
    }

    @Override
    public Numbered numbered(long seq, CopyBuffers buffers) {
      return switch (original) {
        case PendingNote note ->
            entry(seq, note.at(), note.recordedAt(), note.note().kind(), note.note().event());
        case PendingExchange exchange ->
            entry(
                seq,
                exchange.at(),
                exchange.recordedAt(),
                JournalNote.Kind.EXCHANGE,
                exchange.record().method());
        case Unwritable again -> again.numbered(seq, buffers);
      };
    }

    private static Numbered entry(
        long seq, Instant at, Instant recordedAt, JournalNote.Kind kind, String event) {
      return new Numbered(
          new JournalRow.Line(
              seq, at, recordedAt, "unknown", null, kind, "", event, new TreeMap<>()),
          Json.object());
    }
  }
}
