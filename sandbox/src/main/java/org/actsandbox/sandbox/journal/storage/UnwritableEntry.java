package org.actsandbox.sandbox.journal.storage;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;

/** Replaces a journal entry that could not be made, so that its number is not missing. */
record UnwritableEntry(PendingEntry original) implements PendingEntry {

  @Override
  public int weight() {
    return original.weight();
  }

  @Override
  public Numbered numbered(long seq) {
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
      case UnwritableEntry again -> again.numbered(seq);
    };
  }

  private static Numbered entry(
      long seq, Instant at, Instant recordedAt, JournalNote.Kind kind, String event) {
    return new Numbered(
        new JournalRow.Line(seq, at, recordedAt, "unknown", null, kind, "", event, Map.of()),
        Json.object());
  }
}
