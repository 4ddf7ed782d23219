package org.actsandbox.sandbox.journal.storage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One partition's line to the writer: its numbers, and who waits for the next one. */
final class JournalChannel {

  private final String partition;
  private final Sinks.Many<Long> stored = Sinks.many().multicast().directBestEffort();
  private volatile long lastStored;

  /** Touched by the writer's thread alone. */
  private long lastNumbered;

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

  /** A failed batch gives its numbers back: the sequence has no gaps. */
  void renumber() {
    lastNumbered = lastStored;
  }

  /** Everything numbered so far is stored. */
  void stored() {
    lastStored = lastNumbered;
    stored.tryEmitNext(lastNumbered);
  }

  /** The newest stored number, whenever it grows; a slow subscriber misses some, never the last. */
  Flux<Long> newestNumbers() {
    return stored.asFlux().onBackpressureLatest();
  }

  boolean isFollowed() {
    return stored.currentSubscriberCount() > 0;
  }

  /** No more entries will be followed: the world goes away. */
  void complete() {
    stored.tryEmitComplete();
  }
}
