package org.actsandbox.sandbox.tamper;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody who got at the stored evidence could do to it. */
public enum EvidenceBreakKind {
  /** One character of the record is another one. */
  RECORD_CHANGED,
  /** The record is gone. */
  RECORD_REMOVED,
  /** The record tells of another amount, and its holder signed and anchored it anew. */
  RECORD_FORGED,
  /** The content of two records has changed places. */
  RECORDS_SWAPPED,
  /** The record carries the signature of another record. */
  SIGNATURE_SWAPPED,
  /** The record names its causes in another order, or another cause. */
  UPSTREAM_REORDERED,
  /** The record's anchor was made anew by its submitter, a second later. */
  ANCHOR_REWRITTEN,
  /** The record's anchor is gone from the chain. */
  ANCHOR_REMOVED,
  /** A node beside the record's way to the root is another one. */
  NODE_CHANGED,
  /** The chain's newest head has another root. */
  HEAD_CHANGED,
  /** The registry does not know a signer's key any more. */
  KEY_REMOVED,
  /** The registry shows somebody else's key under the signer's name. */
  KEY_REPLACED,
  /** The registry says that the key came only after the event. */
  KEY_POSTDATED,
  /** Nobody who asks the chain for an anchor gets an answer. */
  CHAIN_SILENT;

  /** {@code record_changed}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static EvidenceBreakKind of(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("no breakage: " + code));
  }

  static Optional<EvidenceBreakKind> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(EvidenceBreakKind::code).toList();
  }
}
