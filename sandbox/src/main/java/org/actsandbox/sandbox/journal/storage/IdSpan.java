package org.actsandbox.sandbox.journal.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * Remembers which ids are stored for the blocks that begin within {@link #ENTRIES} numbers, so that
 * an id is stored once for all of them and not once for each. It is only ever a part of what is
 * stored: after a start or a failure the next block begins a new span.
 */
final class IdSpan {

  /**
   * Numbers in which the blocks of a span begin. The more there are, the fewer ids are stored, and
   * the more entries a reader of an id opens.
   */
  static final int ENTRIES = 2 * JournalBlock.MAX_ENTRIES;

  private final Set<String> stored = new HashSet<>();

  /** Number at which the span begins; zero before the first block. */
  private long first;

  /** Returns the first number of the span that the block at {@code firstSeq} belongs to. */
  long of(long firstSeq) {
    if (first == 0 || firstSeq >= first + ENTRIES) {
      first = firstSeq;
      stored.clear();
    }
    return first;
  }

  /** Returns the ids that the span does not have yet, in the same order, and remembers them. */
  List<String> unstored(SortedSet<String> ids) {
    return ids.stream().filter(stored::add).toList();
  }

  /** Forgets the span, because what it remembers may not be stored. */
  void forget() {
    first = 0;
    stored.clear();
  }
}
