package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Selects one page of the journal, in order of sequence numbers.
 *
 * @param after only entries with a greater sequence number
 * @param limit 1 to 500
 * @param ids at most one of the indexed ids narrows the page
 * @param participant DID of one side of an exchange, or of the author of a note
 * @param requestId request id of a signed message in the entry; not indexed
 */
public record JournalQuery(
    long after,
    int limit,
    JournalNote.@Nullable Kind kind,
    @Nullable String component,
    @Nullable String event,
    @Nullable String actor,
    Map<String, String> ids,
    @Nullable String participant,
    @Nullable String requestId) {

  public static final int MAX_LIMIT = 500;

  public JournalQuery(
      long after,
      int limit,
      JournalNote.@Nullable Kind kind,
      @Nullable String component,
      @Nullable String event,
      @Nullable String actor,
      Map<String, String> ids) {
    this(after, limit, kind, component, event, actor, ids, null, null);
  }

  public static JournalQuery after(long seq, int limit) {
    return new JournalQuery(seq, limit, null, null, null, null, Map.of());
  }

  public JournalQuery startingAfter(long seq) {
    return new JournalQuery(seq, limit, kind, component, event, actor, ids, participant, requestId);
  }

  public JournalQuery with(String idName, String value) {
    return new JournalQuery(
        after, limit, kind, component, event, actor, Map.of(idName, value), participant, requestId);
  }

  public JournalQuery of(JournalNote.Kind wanted) {
    return new JournalQuery(
        after, limit, wanted, component, event, actor, ids, participant, requestId);
  }

  public JournalQuery between(@Nullable String did, @Nullable String request) {
    return new JournalQuery(after, limit, kind, component, event, actor, ids, did, request);
  }

  /** Says whether an entry matches every condition except the ids and the range. */
  public boolean fits(JournalEntry entry) {
    return (kind == null || kind == entry.kind())
        && (component == null || component.equals(entry.component()))
        && (event == null || event.equals(entry.event()))
        && (actor == null || actor.equals(entry.actor()))
        && (participant == null
            || participant.equals(entry.actor())
            || participant.equals(entry.peer()))
        && (requestId == null || mentions(entry.data(), requestId));
  }

  static boolean mentions(JsonNode node, String id) {
    return node.isString()
        ? node.stringValue().equals(id)
        : node.valueStream().anyMatch(each -> mentions(each, id));
  }
}
