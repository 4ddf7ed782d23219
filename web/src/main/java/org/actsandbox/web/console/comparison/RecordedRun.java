package org.actsandbox.web.console.comparison;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;

/**
 * Is a run of a scenario that is over.
 *
 * @param marks one for each step that was played, and one for the world before them
 * @param entries the journal, at most {@value #MOST} entries
 */
public record RecordedRun(String world, List<StepMark> marks, List<JournalEntry> entries) {

  /** Ours: a scenario of the pack has a few hundred; more cannot be looked at side by side. */
  private static final int MOST = 2_000;

  public RecordedRun {
    marks = List.copyOf(marks);
    entries = List.copyOf(entries);
  }

  public static RecordedRun read(String world, List<StepMark> marks, JournalStore journal) {
    var entries = new ArrayList<JournalEntry>();
    for (var page = journal.read(JournalQuery.after(0, JournalQuery.MAX_LIMIT));
        !page.isEmpty() && entries.size() < MOST;
        page = journal.read(JournalQuery.after(entries.getLast().seq(), JournalQuery.MAX_LIMIT))) {
      entries.addAll(page);
    }
    return new RecordedRun(world, marks, entries.subList(0, Math.min(MOST, entries.size())));
  }

  /** Returns the entries that were written while a step was played. */
  List<JournalEntry> entriesOf(int step) {
    long after = 0;
    for (var mark : marks) {
      if (mark.step() == step) {
        long from = after;
        return entries.stream()
            .filter(entry -> entry.seq() > from && entry.seq() <= mark.lastSeq())
            .toList();
      }
      after = mark.lastSeq();
    }
    return List.of();
  }

  /** Returns by how much the principals own less than at the start, in minor units. */
  long spent() {
    return marks.isEmpty() ? 0 : spentUntil(marks.getLast());
  }

  long spentUntil(StepMark mark) {
    return marks.getFirst().funds().minorUnits() - mark.funds().minorUnits();
  }
}
