package org.actsandbox.sandbox.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.journal.JournalNote;

/**
 * Selects the journal entries that concern one principal: entries that name it, and entries of a
 * purchase in which it has a part. A refused attempt gives its sender no part in the purchase.
 */
public final class PrincipalJournalFilter {

  /** Ours: number of entries of a purchase that suffices to find its principal. */
  private static final int MAX_RELATED = 300;

  /**
   * Ours: one page examines no more entries, so that it is quick even for a principal with few of
   * many.
   */
  private static final int MAX_EXAMINED = 2_000;

  private final JournalStore journal;
  private final String principal;

  /** Ids of purchases that belong to the principal; further ids may be added. */
  private final Set<Map.Entry<String, String>> own = new HashSet<>();

  /** Ids of other purchases, as they were when they were examined. */
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
            .filter(id -> RelatedEntries.LINKING_IDS.contains(id.getKey()))
            .anyMatch(this::isOwn);
  }

  /** Reads on until the page is full, or the limit of examined entries is reached. */
  public JournalStore.Page page(JournalQuery query) {
    long last = journal.lastSeq();
    long at = query.after();
    int examined = 0;
    var items = new ArrayList<JournalEntry>();
    do {
      var part = journal.page(query.startingAfter(at));
      long upTo = part.lookedUpTo();
      for (var entry : part.items()) {
        if (concerns(entry)) {
          items.add(entry);
        }
        if (items.size() == query.limit()) {
          upTo = entry.seq();
          break;
        }
      }
      examined += Math.max(1, part.items().size());
      at = Math.max(at, upTo);
    } while (items.size() < query.limit() && at < last && examined < MAX_EXAMINED);
    return new JournalStore.Page(List.copyOf(items), at);
  }

  /** Forgets which purchases belong to others, because new entries may change that. */
  public void refresh() {
    others.clear();
  }

  private boolean isOwn(Map.Entry<String, String> id) {
    if (own.contains(id) || others.contains(id)) {
      return own.contains(id);
    }
    var relatedEntries = RelatedEntries.of(journal, id.getKey(), id.getValue(), MAX_RELATED);
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
