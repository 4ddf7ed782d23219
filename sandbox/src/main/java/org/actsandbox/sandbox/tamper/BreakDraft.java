package org.actsandbox.sandbox.tamper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Represents a planned change to evidence that is not made yet.
 *
 * @param attempt the same change on the live store; null for a change of something that is not
 *     stored
 */
record BreakDraft(
    EvidenceBreak.Change change,
    List<EvidenceBreak.AlteredItem> altered,
    @Nullable Attempt attempt) {

  /**
   * Represents the statement that makes the change on the stored rows.
   *
   * @param sql the statement; its last parameters are the world and the row's key
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
