package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.MessageFilter;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.picture.SequenceRows;
import org.actsandbox.web.console.words.PageText;

/** Is the right pane: the messages of one conversation as a growing sequence diagram. */
final class MessagesPane {

  /** Ours: a conversation with more messages shows the first ones. */
  private static final int MOST = 2 * JournalQuery.MAX_LIMIT;

  private final EntryNarrator entryNarrator;
  private final DiagramLanes diagramLanes = new DiagramLanes();
  private final SequenceRows sequenceRows;
  private long lastSeq;

  MessagesPane(PageText pageText) {
    this.entryNarrator = new EntryNarrator(pageText);
    this.sequenceRows = new SequenceRows(pageText, diagramLanes, SequenceRows.Folding.REPEATED);
  }

  /**
   * Finds the entries up to number {@code until} that belong to the conversation, by the indexes of
   * the journal.
   */
  static List<JournalEntry> relevantEntries(
      JournalStore journal, ConversationProjection conversationProjection, long until) {
    return journal.withAny(conversationProjection.ids(), until, MOST);
  }

  /**
   * Adds an entry to the diagram if it is a new message.
   *
   * @return true if the entry was added
   */
  boolean add(JournalEntry entry) {
    if (entry.seq() <= lastSeq || !MessageFilter.isMessage(entry)) {
      return false;
    }
    lastSeq = entry.seq();
    sequenceRows.add(entry);
    return true;
  }

  /**
   * Adds lanes for the participants of the entry.
   *
   * @return true if the diagram got wider
   */
  boolean addLanes(JournalEntry entry) {
    return diagramLanes.addParticipants(entry, entryNarrator::nameInWorld);
  }

  DiagramLanes lanes() {
    return diagramLanes;
  }

  List<SequenceRow> rows() {
    return sequenceRows.rows();
  }
}
