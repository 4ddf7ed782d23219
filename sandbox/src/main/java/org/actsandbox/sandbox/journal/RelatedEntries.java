package org.actsandbox.sandbox.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.journal.JournalIds;

/**
 * Collects the entries of one purchase: those with an id, and those with any id that links them to
 * it, found by the journal's index.
 *
 * @param entries entries in order
 * @param ids values by name of all ids that link the entries
 * @param complete false when there are more entries than the limit
 */
public record RelatedEntries(
    List<JournalEntry> entries, Map<String, Set<String>> ids, boolean complete) {

  private static final int MAX_IDS = 60;

  /**
   * Ids that link the entries of a purchase; a resource's id is not one, because many purchases may
   * share it.
   */
  public static final List<String> LINKING_IDS =
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

  /** Says whether another entry belongs to the purchase as well. */
  public boolean isRelated(JournalEntry entry) {
    return entry.ids().entrySet().stream()
        .anyMatch(id -> ids.getOrDefault(id.getKey(), Set.of()).contains(id.getValue()));
  }

  /**
   * Collects the entries of the purchase with this id.
   *
   * @param maxEntries maximum number of entries
   */
  public static RelatedEntries of(
      JournalStore journal, String idName, String value, int maxEntries) {
    var found = new TreeMap<Long, JournalEntry>();
    var asked = new LinkedHashSet<Map.Entry<String, String>>();
    Set<Map.Entry<String, String>> open = Set.of(Map.entry(idName, value));
    while (!open.isEmpty() && asked.size() < MAX_IDS && found.size() < maxEntries) {
      var next =
          open.stream()
              .limit(MAX_IDS - (long) asked.size())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      asked.addAll(next);
      var further = new LinkedHashSet<>(open);
      for (var entry : journal.withAny(byName(next), Long.MAX_VALUE, maxEntries + 1)) {
        found.put(entry.seq(), entry);
        entry.ids().entrySet().stream()
            .filter(each -> LINKING_IDS.contains(each.getKey()))
            .map(each -> Map.entry(each.getKey(), each.getValue()))
            .forEach(further::add);
      }
      further.removeAll(asked);
      open = further;
    }
    boolean complete = open.isEmpty() && found.size() <= maxEntries;
    return new RelatedEntries(
        found.values().stream().limit(maxEntries).toList(), byName(asked), complete);
  }

  private static Map<String, Set<String>> byName(Set<Map.Entry<String, String>> asked) {
    var ids = new HashMap<String, Set<String>>();
    asked.forEach(id -> ids.computeIfAbsent(id.getKey(), _ -> new HashSet<>()).add(id.getValue()));
    return ids;
  }
}
