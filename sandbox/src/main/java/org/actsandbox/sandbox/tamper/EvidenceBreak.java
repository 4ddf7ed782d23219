package org.actsandbox.sandbox.tamper;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is broken.
 *
 * @param recordId the record it was aimed at; others may be concerned as well
 * @param storage what the storage said to the same change; null where nothing is stored
 * @param altered what readers see instead
 * @param faultId the fault that keeps the chain silent
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
   * @param what record, signature, upstream, anchor, node, head, key or answer
   * @param place a JSON pointer, a height, a level and height, or a key id
   */
  public record Change(String what, String place, String before, String after) {}

  /**
   * The change as it was tried on the live store, and taken back in any case.
   *
   * @param refused whether the database itself would not have it
   * @param answer its words
   */
  public record StorageAttempt(String table, boolean refused, String answer) {}

  /**
   * @param item {@code record E-1}, {@code anchor E-1}, {@code node 4}, {@code head 7} or {@code
   *     keys did:act:raileast}
   * @param value what is seen in its place; null for nothing at all
   */
  public record AlteredItem(String item, @Nullable String value) {}
}
