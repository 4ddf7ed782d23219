package org.actsandbox.web.console.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;

/**
 * Counts what the newest entries of a journal say. It reads at most {@link #MOST_ENTRIES} entries,
 * so that the page costs the same in a long journal as in a short one.
 *
 * @param entries how many entries were read
 * @param refusals how often each problem was noted, by its code
 * @param micros how long each participant took for its answers, by its DID
 */
record JournalFigures(int entries, Map<String, Integer> refusals, Map<String, List<Long>> micros) {

  static final int MOST_ENTRIES = 1_000;

  /** A request with it asks for an answer only when something has changed. */
  private static final String WAITS_ON_PURPOSE = "wait_seconds=";

  static JournalFigures ofNewest(JournalStore journal) {
    long last = journal.lastSeq();
    long after = Math.max(0, last - MOST_ENTRIES);
    var entries = new ArrayList<JournalEntry>();
    while (after < last && entries.size() < MOST_ENTRIES) {
      var page = journal.page(JournalQuery.after(after, JournalQuery.MAX_LIMIT));
      entries.addAll(page.items());
      after = Math.max(after + 1, page.lookedUpTo());
    }
    return of(entries);
  }

  static JournalFigures of(List<JournalEntry> entries) {
    Map<String, Integer> refusals = new HashMap<>();
    Map<String, List<Long>> micros = new TreeMap<>();
    for (var entry : entries) {
      if (entry.kind() == JournalNote.Kind.REFUSAL) {
        refusals.merge(entry.data().path("code").asString(entry.event()), 1, Integer::sum);
      } else if (entry.kind() == JournalNote.Kind.EXCHANGE
          && entry.peer() != null
          && !entry.data().path("path").asString("").contains(WAITS_ON_PURPOSE)) {
        micros
            .computeIfAbsent(entry.peer(), _ -> new ArrayList<>())
            .add(entry.data().path("duration_micros").asLong(0));
      }
    }
    micros.values().forEach(each -> each.sort(Comparator.naturalOrder()));
    return new JournalFigures(entries.size(), Map.copyOf(refusals), micros);
  }

  /** Returns the value below which the given share of sorted values lies. */
  static long quantile(List<Long> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }
}
