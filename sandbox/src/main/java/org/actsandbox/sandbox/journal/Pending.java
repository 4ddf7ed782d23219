package org.actsandbox.sandbox.journal;

/** Something that was noted and is not stored yet. */
sealed interface Pending permits NotePending, ExchangePending, Unwritable {

  /** The entry as it will be stored, and what its data is written from. */
  record Numbered(Row.Line line, Object data) {}

  /** Rough size in memory; the queue is bounded by it. */
  int weight();

  /** The entry as it will be stored; runs on the writer's thread, so that callers need not wait. */
  Numbered numbered(long seq);
}
