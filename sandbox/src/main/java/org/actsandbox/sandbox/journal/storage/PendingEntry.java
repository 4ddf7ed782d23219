package org.actsandbox.sandbox.journal.storage;

/** Represents a journal entry that was noted and is not stored yet. */
sealed interface PendingEntry permits PendingNote, PendingExchange, UnwritableEntry {

  /** Holds the entry as it will be stored, and the object that its data is written from. */
  record Numbered(JournalRow.Line line, Object data) {}

  /** Returns the approximate size in memory in bytes, by which the queue is bounded. */
  int weight();

  /**
   * Makes the entry as it will be stored. It runs on the writer's thread, so that callers need not
   * wait.
   */
  Numbered numbered(long seq);
}
