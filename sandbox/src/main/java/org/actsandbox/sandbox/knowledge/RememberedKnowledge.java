package org.actsandbox.sandbox.knowledge;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;

/**
 * Remembers what the entries of one world's journal have told, so that each entry is read once
 * however often the report is asked for.
 */
final class RememberedKnowledge {

  /**
   * Ours: so many entries are in memory at a time. A page of the largest kind, as trees of JSON, is
   * a third of the heap.
   */
  static final int PAGE = 50;

  private final int maxEntries;
  private final ParticipantKinds participantKinds;
  private final KnowledgeTracker knowledgeTracker;
  private long lookedUpTo;
  private int entries;

  /** The state in which the participants' tables were read last. */
  private StoredState storedState = new StoredState(StoredParticipantTexts.UNKNOWN, 0);

  /**
   * Is a state of the participants' tables and of what is looked for in them.
   *
   * @param modification number of the last change of the tables
   * @param changes number of values and entries before
   */
  private record StoredState(long modification, long changes) {}

  /** The end of the journal and the state of the tables up to which the last report goes. */
  private volatile ReadUpTo readUpTo = new ReadUpTo(-1, StoredParticipantTexts.UNKNOWN);

  private record ReadUpTo(long lastSeq, long modification) {}

  RememberedKnowledge(ParticipantKinds participantKinds, int maxEntries) {
    this.participantKinds = participantKinds;
    this.maxEntries = maxEntries;
    this.knowledgeTracker = new KnowledgeTracker(participantKinds);
  }

  /** Tells whether it is of a world with these participants, whose journal ends here or later. */
  boolean isOf(ParticipantKinds kinds, long lastSeq) {
    return participantKinds.equals(kinds) && lookedUpTo <= lastSeq;
  }

  /** Tells whether a report needs neither an entry nor a table; it waits for no other reader. */
  boolean isRead(long lastSeq, long modification) {
    return modification != StoredParticipantTexts.UNKNOWN
        && readUpTo.equals(new ReadUpTo(lastSeq, modification));
  }

  /**
   * Reads what is new in the journal and returns the report.
   *
   * @param property adds the values that participants keep for the principals; it runs after the
   *     end of the journal is known, so that no entry is read before a value that it may contain
   * @param modification number of the last change of the participants' tables, which change without
   *     an entry; {@link StoredParticipantTexts#UNKNOWN} if the database does not count
   * @param stored reads the texts in the participants' tables
   */
  synchronized Knowledge read(
      JournalStore journal,
      Consumer<KnowledgeTracker> property,
      LongSupplier modification,
      Consumer<KnowledgeTracker> stored,
      Function<String, Text> name) {
    long last = journal.lastSeq();
    property.accept(knowledgeTracker);
    while (lookedUpTo < last && entries < maxEntries) {
      readPage(journal);
    }
    // The number is asked before the tables are read: a change meanwhile is read the next time.
    var state = new StoredState(modification.getAsLong(), knowledgeTracker.changes());
    if (state.modification() == StoredParticipantTexts.UNKNOWN || !state.equals(storedState)) {
      stored.accept(knowledgeTracker);
      storedState = state;
    }
    readUpTo = new ReadUpTo(last, state.modification());
    return knowledgeTracker.result(lookedUpTo >= last, name);
  }

  private void readPage(JournalStore journal) {
    var page = journal.page(JournalQuery.after(lookedUpTo, PAGE));
    page.items().forEach(knowledgeTracker::observe);
    entries += page.items().size();
    lookedUpTo = page.lookedUpTo();
  }
}
