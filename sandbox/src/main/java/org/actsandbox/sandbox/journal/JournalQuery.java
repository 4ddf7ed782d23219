package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;

/**
 * A page of the journal, in order.
 *
 * @param after entries with a greater sequence number
 * @param limit 1 to 500
 * @param ids at most one of the indexed ids narrows the page
 */
public record JournalQuery(
    long after,
    int limit,
    JournalNote.@Nullable Kind kind,
    @Nullable String component,
    @Nullable String event,
    @Nullable String actor,
    Map<String, String> ids) {

  public static final int MAX_LIMIT = 500;

  public static JournalQuery after(long seq, int limit) {
    return new JournalQuery(seq, limit, null, null, null, null, Map.of());
  }

  JournalQuery startingAfter(long seq) {
    return new JournalQuery(seq, limit, kind, component, event, actor, ids);
  }

  public JournalQuery with(String idName, String value) {
    return new JournalQuery(after, limit, kind, component, event, actor, Map.of(idName, value));
  }

  public JournalQuery of(JournalNote.Kind wanted) {
    return new JournalQuery(after, limit, wanted, component, event, actor, ids);
  }
}
