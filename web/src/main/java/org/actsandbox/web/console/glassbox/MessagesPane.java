package org.actsandbox.web.console.glassbox;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.picture.SequenceRows;
import org.actsandbox.web.console.words.PageText;

/** Is the right pane: the messages of one conversation as a growing sequence diagram. */
final class MessagesPane {

  private static final int MOST_PER_ID = JournalQuery.MAX_LIMIT;

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
    var found = new TreeMap<Long, JournalEntry>(Comparator.naturalOrder());
    conversationProjection
        .ids()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        journal.read(JournalQuery.after(0, MOST_PER_ID).with(name, value)).stream()
                            .filter(entry -> entry.seq() <= until)
                            .forEach(entry -> found.put(entry.seq(), entry))));
    return List.copyOf(found.values());
  }

  /**
   * Adds an entry to the diagram if it is a new message.
   *
   * @return true if the entry was added
   */
  boolean add(JournalEntry entry) {
    if (entry.seq() <= lastSeq || !isMessage(entry)) {
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

  /**
   * Tells whether the diagram shows the entry: messages, decisions, refusals and faults, but no
   * look-ups by the console or by a scenario's expectations, no opening of a conversation, in which
   * nothing is said, and no clock commands that did not move the time.
   */
  private static boolean isMessage(JournalEntry entry) {
    if (entry.kind() == Kind.STATE) {
      return false;
    }
    if (entry.kind() == Kind.CLOCK) {
      return !JournalEvent.CLOCK_ADVANCED.is(entry.event())
          || !entry.data().path("from").equals(entry.data().path("to"));
    }
    if (entry.kind() != Kind.EXCHANGE) {
      return true;
    }
    var journalExchange = EntryNarrator.exchangeOf(entry);
    return !journalExchange.role().equalsIgnoreCase(Role.OPERATOR.name())
        && !isLookup(journalExchange)
        && !isCallToItself(entry, journalExchange)
        && Operation.find(journalExchange.method(), journalExchange.path())
            != Operation.CONVERSATION
        && !isStillWaiting(journalExchange);
  }

  /**
   * Tells whether the exchange is the agent's long poll that returned without a change. The journal
   * shows these, the diagram does not.
   */
  private static boolean isStillWaiting(JournalExchange journalExchange) {
    var body = journalExchange.responseBody();
    return journalExchange.method().equals("GET")
        && body != null
        && body.json() != null
        && body.json().path("status").asString("").equals("waiting_for_approval");
  }

  /**
   * Tells whether a participant calls itself. The diagram leaves that out, because no other
   * participant is involved.
   */
  private static boolean isCallToItself(JournalEntry entry, JournalExchange journalExchange) {
    return journalExchange.method().equals("GET") && entry.actor().equals(entry.peer());
  }

  private static boolean isLookup(JournalExchange journalExchange) {
    return journalExchange.method().equals("GET")
        && journalExchange.role().equalsIgnoreCase(Role.PRINCIPAL.name())
        && Operation.find(journalExchange.method(), journalExchange.path())
            != Operation.APPROVAL_SHOWN;
  }
}
