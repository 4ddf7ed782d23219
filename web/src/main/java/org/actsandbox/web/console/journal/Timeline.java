package org.actsandbox.web.console.journal;

import java.util.List;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.picture.SequenceRows;
import org.actsandbox.web.console.words.PageText;

/**
 * Lays out journal entries as a sequence diagram with a lane for each participant and the time of
 * each entry.
 */
public final class Timeline {

  private final EntryNarrator entryNarrator;
  private final DiagramLanes diagramLanes = new DiagramLanes();
  private final SequenceRows sequenceRows;
  private int entries;

  public Timeline(PageText pageText, List<JournalEntry> entries) {
    this.entryNarrator = new EntryNarrator(pageText);
    this.sequenceRows = new SequenceRows(pageText, diagramLanes, SequenceRows.Folding.NONE);
    entries.forEach(this::add);
  }

  /**
   * Adds an entry.
   *
   * @return true if the diagram got wider, so that every row has to be drawn again
   */
  boolean add(JournalEntry entry) {
    entries++;
    boolean wider = diagramLanes.addAnyParticipants(entry, entryNarrator::nameInWorld);
    sequenceRows.add(entry);
    return wider;
  }

  public DiagramLanes lanes() {
    return diagramLanes;
  }

  public List<SequenceRow> rows() {
    return sequenceRows.rowsWithTimes();
  }

  /** Returns the number of entries. */
  int size() {
    return entries;
  }
}
