package org.actsandbox.sandbox.tamper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is not made yet.
 *
 * @param attempt the same on the live store; null where nothing is stored
 */
record Draft(Break.Change change, List<Break.Altered> altered, @Nullable Attempt attempt) {

  /**
   * @param sql with the world as its last parameter but those of its key
   */
  record Attempt(String table, String sql, List<Object> parameters) {}

  static Draft of(Break.Change change, Attempt attempt, Break.Altered... altered) {
    return new Draft(change, List.of(altered), attempt);
  }

  static Draft unstored(Break.Change change, Break.Altered... altered) {
    return new Draft(change, List.of(altered), null);
  }
}
