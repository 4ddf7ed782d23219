package org.actsandbox.web.console.picture;

import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.web.console.decoder.EntryNarrator;

/** Says which journal entries the diagram of a purchase or of a run shows. */
public final class MessageFilter {

  private MessageFilter() {}

  /**
   * Tells whether the diagram shows the entry: messages, decisions, refusals and faults, but no
   * look-ups by the console or by a scenario's expectations, no opening of a conversation, in which
   * nothing is said, and no clock commands that did not move the time.
   */
  public static boolean isMessage(JournalEntry entry) {
    if (entry.kind() == Kind.STATE) {
      return false;
    }
    if (entry.kind() == Kind.CLOCK) {
      return !JournalEvent.CLOCK_ADVANCED.is(entry.event())
          || !entry.data().path("from").equals(entry.data().path("to"));
    }
    if (entry.kind() != Kind.EXCHANGE) {
      return !isVerificationByOperator(entry);
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
   * Tells whether the sandbox itself verified a record, for the expectations of a scenario or of a
   * file that it makes.
   */
  private static boolean isVerificationByOperator(JournalEntry entry) {
    return JournalEvent.RECORD_VERIFIED.is(entry.event())
        && entry.data().path("by").asString("").equals(Role.OPERATOR.code());
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
