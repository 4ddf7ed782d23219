package org.actsandbox.sandbox.journal;

/** Something that was noted and is not stored yet. */
sealed interface Pending permits NotePending, ExchangePending, Unwritable {

  /** Rough size in memory; the queue is bounded by it. */
  int weight();

  /** The entry as it will be stored; runs on the writer's thread, so that callers need not wait. */
  JournalEntry numbered(long seq);
}
