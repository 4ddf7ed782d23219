package org.actsandbox.sandbox.journal.storage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Connects one partition with the writer: it assigns sequence numbers and notifies followers. */
final class JournalChannel {

  private final String partition;
  private final Sinks.Many<Long> stored = Sinks.many().multicast().directBestEffort();
  private volatile long lastStored;

  /** Accessed by the writer's thread only. */
  private long lastNumbered;

  /** Accessed by the writer's thread only. */
  private final IdSpan idSpan = new IdSpan();

  JournalChannel(String partition, long lastStored) {
    this.partition = partition;
    this.lastStored = lastStored;
    this.lastNumbered = lastStored;
  }

  String partition() {
    return partition;
  }

  long lastStored() {
    return lastStored;
  }

  long nextNumber() {
    return ++lastNumbered;
  }

  /** Returns the span of blocks that is being written. */
  IdSpan idSpan() {
    return idSpan;
  }

  /** Takes back the numbers of a failed batch, because the sequence must have no gaps. */
  void renumber() {
    lastNumbered = lastStored;
    idSpan.forget();
  }

  /** Goes on after the newest number that is stored, by this writer or another one. */
  void continueAfter(long newest) {
    lastNumbered = Math.max(lastStored, newest);
    markStored();
  }

  /** Reports that all entries numbered so far are stored. */
  void markStored() {
    lastStored = lastNumbered;
    stored.tryEmitNext(lastNumbered);
  }

  /**
   * Emits the newest stored number whenever it grows; a slow subscriber misses some, but never the
   * last.
   */
  Flux<Long> newestNumbers() {
    return stored.asFlux().onBackpressureLatest();
  }

  boolean isFollowed() {
    return stored.currentSubscriberCount() > 0;
  }

  /** Ends the followers, because the world is unloaded for good. */
  void complete() {
    stored.tryEmitComplete();
  }
}
