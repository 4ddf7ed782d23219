package org.actsandbox.sandbox.journal.storage;

/** Something that was noted and is not stored yet. */
sealed interface PendingEntry permits PendingNote, PendingExchange, UnwritableEntry {

  /** The entry as it will be stored, and what its data is written from. */
  record Numbered(JournalRow.Line line, Object data) {}

  /** Rough size in memory; the queue is bounded by it. */
  int weight();

  /** The entry as it will be stored; runs on the writer's thread, so that callers need not wait. */
  Numbered numbered(long seq);
}
