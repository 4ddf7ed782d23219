package org.actsandbox.sandbox.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.journal.JournalNote;

/**
 * What of a journal is the affair of one principal: entries that name it, and those of a story that
 * it has a part in. What somebody tried and was refused makes no story theirs.
 */
public final class PrincipalJournalFilter {

  /** Ours: enough to find out whose a story is. */
  private static final int MOST_OF_A_STORY = 300;

  /** Ours: one page looks at no more, so that it is there soon where somebody has few of many. */
  private static final int MOST_LOOKED_AT = 2_000;

  private final JournalStore journal;
  private final String principal;

  /** Ids of stories that were found to be this one's; others may still become so. */
  private final Set<Map.Entry<String, String>> own = new HashSet<>();

  /** Ids of other stories, as far as they went when they were looked at. */
  private final Set<Map.Entry<String, String>> others = new HashSet<>();

  /**
   * @param principal DID
   */
  public PrincipalJournalFilter(JournalStore journal, String principal) {
    this.journal = journal;
    this.principal = principal;
  }

  public boolean concerns(JournalEntry entry) {
    return names(entry)
        || entry.ids().entrySet().stream()
            .filter(id -> RelatedEntries.TIES.contains(id.getKey()))
            .anyMatch(this::isOwn);
  }

  /** Looks on until there is a page of these affairs, or enough was looked at. */
  public JournalStore.Page page(JournalQuery query) {
    long last = journal.lastSeq();
    long at = query.after();
    int looked = 0;
    var items = new ArrayList<JournalEntry>();
    do {
      var some = journal.page(query.startingAfter(at));
      long upTo = some.lookedUpTo();
      for (var entry : some.items()) {
        if (concerns(entry)) {
          items.add(entry);
        }
        if (items.size() == query.limit()) {
          upTo = entry.seq();
          break;
        }
      }
      looked += Math.max(1, some.items().size());
      at = Math.max(at, upTo);
    } while (items.size() < query.limit() && at < last && looked < MOST_LOOKED_AT);
    return new JournalStore.Page(List.copyOf(items), at);
  }

  /** From now on stories may have gone on. */
  public void refresh() {
    others.clear();
  }

  private boolean isOwn(Map.Entry<String, String> id) {
    if (own.contains(id) || others.contains(id)) {
      return own.contains(id);
    }
    var relatedEntries = RelatedEntries.of(journal, id.getKey(), id.getValue(), MOST_OF_A_STORY);
    var found = relatedEntries.entries().stream().anyMatch(this::isPartIn) ? own : others;
    found.add(id);
    relatedEntries
        .ids()
        .forEach((name, values) -> values.forEach(value -> found.add(Map.entry(name, value))));
    return found == own;
  }

  private boolean isPartIn(JournalEntry entry) {
    boolean refused =
        entry.kind() == JournalNote.Kind.REFUSAL
            || (entry.kind() == JournalNote.Kind.EXCHANGE
                && entry.data().path("status").asInt() >= 400);
    return !refused && names(entry);
  }

  private boolean names(JournalEntry entry) {
    return principal.equals(entry.actor())
        || principal.equals(entry.peer())
        || JournalQuery.mentions(entry.data(), principal);
  }
}
