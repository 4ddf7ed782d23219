package org.actsandbox.web.console.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.SequencePicture;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.words.PageText;

/**
 * Lays out journal entries as a sequence diagram with a lane for each participant and the time of
 * each entry.
 */
public final class Timeline {

  private final PageText pageText;
  private final EntryNarrator entryNarrator;
  private final DiagramLanes diagramLanes = new DiagramLanes();
  private final List<JournalEntry> entries = new ArrayList<>();

  public Timeline(PageText pageText, List<JournalEntry> entries) {
    this.pageText = pageText;
    this.entryNarrator = new EntryNarrator(pageText);
    entries.forEach(this::add);
  }

  /**
   * Adds an entry as the last row.
   *
   * @return true if the diagram got wider, so that every row has to be drawn again
   */
  boolean add(JournalEntry entry) {
    entries.add(entry);
    boolean wider =
        diagramLanes.addAnyParticipant(entry.actor(), entryNarrator.nameInWorld(entry.actor()));
    if (entry.peer() != null) {
      wider |=
          diagramLanes.addAnyParticipant(entry.peer(), entryNarrator.nameInWorld(entry.peer()));
    }
    return wider;
  }

  public DiagramLanes lanes() {
    return diagramLanes;
  }

  public List<SequenceRow> rows() {
    return IntStream.range(0, entries.size()).mapToObj(this::row).toList();
  }

  /** Returns the row that was added last. */
  SequenceRow newest() {
    return row(entries.size() - 1);
  }

  /** Makes a row, which shows the time only where it differs from the row before. */
  private SequenceRow row(int index) {
    var entry = entries.get(index);
    var time = pageText.seconds(entry.at());
    boolean same = index > 0 && time.equals(pageText.seconds(entries.get(index - 1).at()));
    return SequencePicture.row(entryNarrator.narrate(entry), diagramLanes).at(same ? "" : time);
  }

  int size() {
    return entries.size();
  }
}
