package org.actsandbox.agent.errand;

import org.actsandbox.protocol.conversation.ConversationEventType;

/**
 * A kind of errand and the table that stores it.
 *
 * @param event the event that tells of an errand of this kind, such as {@code watch}
 * @param table a table with the columns {@code world}, {@code principal_id}, {@code
 *     conversation_id}, {@code intent_id}, {@code delegation_id}, {@code created_at}, {@code
 *     due_at}, {@code finished}, {@code version} and {@code document}
 * @param key the column that is its key in a world; events name an errand by it, too
 */
public record ErrandKind<E>(ConversationEventType event, String table, String key, Class<E> type) {

  public static <E> ErrandKind<E> of(ConversationEventType event, String table, Class<E> type) {
    return new ErrandKind<>(event, table, event.code() + "_id", type);
  }

  /** Returns the name of an errand of this kind. */
  public String name() {
    return event.code();
  }
}
