package org.actsandbox.sandbox.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalIds;

/**
 * What belongs to one purchase: the entries with an id, and those with any id that ties them to it,
 * by the journal's index.
 *
 * @param entries in order
 * @param ids by name: all that tie them together
 * @param complete false when there is more than was asked for
 */
public record RelatedEntries(
    List<JournalEntry> entries, Map<String, Set<String>> ids, boolean complete) {

  private static final int MOST_IDS = 60;

  /** Ids by which purchases hang together; a resource's name may be the same for many. */
  public static final List<String> TIES =
      List.of(
          JournalIds.INTENT_ID,
          JournalIds.CONVERSATION_ID,
          JournalIds.DELEGATION_ID,
          JournalIds.ORDER_NO,
          JournalIds.TRADE_NO);

  public RelatedEntries {
    entries = List.copyOf(entries);
    ids = Map.copyOf(ids);
  }

  /** Whether another entry belongs to it as well. */
  public boolean isRelated(JournalEntry entry) {
    return entry.ids().entrySet().stream()
        .anyMatch(id -> ids.getOrDefault(id.getKey(), Set.of()).contains(id.getValue()));
  }

  /**
   * @param most entries
   */
  public static RelatedEntries of(JournalStore journal, String idName, String value, int most) {
    var found = new TreeMap<Long, JournalEntry>();
    var asked = new HashSet<Map.Entry<String, String>>();
    var open = new ArrayDeque<Map.Entry<String, String>>();
    open.add(Map.entry(idName, value));
    while (!open.isEmpty() && asked.size() < MOST_IDS && found.size() < most) {
      var id = open.poll();
      if (asked.add(id)) {
        for (var entry : with(journal, id, most)) {
          found.put(entry.seq(), entry);
          entry.ids().entrySet().stream()
              .filter(each -> TIES.contains(each.getKey()) && !asked.contains(each))
              .forEach(open::add);
        }
      }
    }
    boolean complete = open.stream().allMatch(asked::contains) && found.size() <= most;
    return new RelatedEntries(
        found.values().stream().limit(most).toList(), byName(asked), complete);
  }

  private static Map<String, Set<String>> byName(Set<Map.Entry<String, String>> asked) {
    var ids = new HashMap<String, Set<String>>();
    asked.forEach(id -> ids.computeIfAbsent(id.getKey(), _ -> new HashSet<>()).add(id.getValue()));
    return ids;
  }

  /** Page by page: an authority may have hundreds of payments. */
  private static List<JournalEntry> with(
      JournalStore journal, Map.Entry<String, String> id, int most) {
    var found = new ArrayList<JournalEntry>();
    long after = 0;
    while (found.size() <= most) {
      var query = JournalQuery.after(after, JournalQuery.MAX_LIMIT);
      var page = journal.page(query.with(id.getKey(), id.getValue()));
      found.addAll(page.items());
      if (page.items().size() < JournalQuery.MAX_LIMIT) {
        break;
      }
      after = page.lookedUpTo();
    }
    return found;
  }
}
