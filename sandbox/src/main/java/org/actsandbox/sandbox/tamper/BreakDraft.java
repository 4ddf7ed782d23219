package org.actsandbox.sandbox.tamper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is not made yet.
 *
 * @param attempt the same on the live store; null where nothing is stored
 */
record BreakDraft(
    EvidenceBreak.Change change,
    List<EvidenceBreak.AlteredItem> altered,
    @Nullable Attempt attempt) {

  /**
   * @param sql with the world as its last parameter but those of its key
   */
  record Attempt(String table, String sql, List<Object> parameters) {}

  static BreakDraft of(
      EvidenceBreak.Change change, Attempt attempt, EvidenceBreak.AlteredItem... altered) {
    return new BreakDraft(change, List.of(altered), attempt);
  }

  static BreakDraft unstored(EvidenceBreak.Change change, EvidenceBreak.AlteredItem... altered) {
    return new BreakDraft(change, List.of(altered), null);
  }
}
