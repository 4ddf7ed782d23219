package org.actsandbox.sandbox.tamper;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Represents one piece of evidence that is broken on purpose.
 *
 * @param recordId the record that the break is aimed at; others may be affected as well
 * @param storage the database's answer to the same change; null for a change of something that is
 *     not stored
 * @param altered the values that readers see instead of the stored ones
 * @param faultId the fault that keeps the chain from answering
 */
public record EvidenceBreak(
    String breakId,
    EvidenceBreakKind kind,
    String recordId,
    Instant brokenAt,
    Change change,
    EvidenceBreak.@Nullable StorageAttempt storage,
    List<EvidenceBreak.AlteredItem> altered,
    @Nullable String faultId) {

  public EvidenceBreak {
    altered = List.copyOf(altered);
  }

  /**
   * Describes the change for people.
   *
   * @param what record, signature, upstream, anchor, node, head, key or answer
   * @param place a JSON pointer, a height, a level and height, or a key id
   */
  public record Change(String what, String place, String before, String after) {}

  /**
   * Represents the change tried on the live store, which was rolled back in any case.
   *
   * @param refused whether the database itself refused the change
   * @param answer the message of the database
   */
  public record StorageAttempt(String table, boolean refused, String answer) {}

  /**
   * Represents an item of evidence with the value that readers see instead of the stored one.
   *
   * @param item {@code record E-1}, {@code anchor E-1}, {@code node 4}, {@code head 7} or {@code
   *     keys did:act:raileast}
   * @param value the value that readers see; null when the item is hidden
   */
  public record AlteredItem(String item, @Nullable String value) {}
}
