package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** One world's journal, for readers. Every read is by index and bounded. */
public interface JournalStore {

  /**
   * What a query found, in order.
   *
   * @param lookedUpTo no entry up to this number is missing: where the next page starts after, also
   *     when this one is empty
   */
  record Page(List<JournalEntry> items, long lookedUpTo) {}

  Page page(JournalQuery query);

  default List<JournalEntry> read(JournalQuery query) {
    return page(query).items();
  }

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
