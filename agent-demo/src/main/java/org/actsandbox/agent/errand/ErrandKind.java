package org.actsandbox.agent.errand;

/**
 * A kind of errand and the table that stores it.
 *
 * @param name the name of an errand of this kind, such as {@code watch}
 * @param table a table with the columns {@code world}, {@code principal_id}, {@code
 *     conversation_id}, {@code intent_id}, {@code delegation_id}, {@code created_at}, {@code
 *     due_at}, {@code finished}, {@code version} and {@code document}
 * @param key the column that is its key in a world; events name an errand by it, too
 */
public record ErrandKind<E>(String name, String table, String key, Class<E> type) {

  public static <E> ErrandKind<E> of(String name, String table, Class<E> type) {
    return new ErrandKind<>(name, table, name + "_id", type);
  }
}
