package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/** Reads one world's journal. Every read uses an index and is bounded. */
public interface JournalStore {

  /**
   * Holds the entries that a query found, in order.
   *
   * @param lookedUpTo no matching entry up to this number is missing; the next page starts after
   *     it, also when this one is empty
   */
  record Page(List<JournalEntry> items, long lookedUpTo) {}

  Page page(JournalQuery query);

  default List<JournalEntry> read(JournalQuery query) {
    return page(query).items();
  }

  /**
   * Returns the entries up to number {@code until} that have any of the ids, oldest first, each
   * once.
   *
   * @param ids values by the name of the id
   * @param most number of entries at most; the oldest are returned
   */
  List<JournalEntry> withAny(Map<String, Set<String>> ids, long until, int most);

  Optional<JournalEntry> find(long seq);

  /** Returns the newest stored sequence number; 0 when nothing is stored. */
  long lastSeq();

  /**
   * Returns all entries after {@code seq}, stored and live, without gap or duplicate, until the
   * world is unloaded for good or the subscriber cancels. A slow subscriber is served from the
   * store.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code rate_limited} when too many streams are
   *     open
   */
  Flux<JournalEntry> follow(long seq);
}
