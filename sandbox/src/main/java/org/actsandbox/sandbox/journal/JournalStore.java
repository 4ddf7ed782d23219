package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** One world's journal, for readers. Every read is by index and bounded. */
public interface JournalStore {

  List<JournalEntry> read(JournalQuery query);

  Optional<JournalEntry> find(long seq);

  /** The newest stored sequence number; 0 when nothing is stored. */
  long lastSeq();

  /**
   * Everything after {@code seq}, stored and live, without gap or duplicate, until the world goes
   * away or the subscriber does. A slow subscriber is fed from the store.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code rate_limited} when too many streams are
   *     open
   */
  Flux<JournalEntry> follow(long seq);
}
