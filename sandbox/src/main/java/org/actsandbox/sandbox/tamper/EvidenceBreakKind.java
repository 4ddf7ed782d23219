package org.actsandbox.sandbox.tamper;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the kinds of changes that an attacker with access to the store could make to evidence. */
public enum EvidenceBreakKind {
  /** One character of the record is changed. */
  RECORD_CHANGED,
  /** The record is removed. */
  RECORD_REMOVED,
  /** The record states another amount, and its holder has signed and anchored it again. */
  RECORD_FORGED,
  /** The contents of two records are swapped. */
  RECORDS_SWAPPED,
  /** The record carries the signature of another record. */
  SIGNATURE_SWAPPED,
  /** The record names its causes in another order, or another cause. */
  UPSTREAM_REORDERED,
  /** The submitter has made the record's anchor again, a second later. */
  ANCHOR_REWRITTEN,
  /** The record's anchor is removed from the chain. */
  ANCHOR_REMOVED,
  /** A node of the record's audit path is changed. */
  NODE_CHANGED,
  /** The chain's newest head has another root. */
  HEAD_CHANGED,
  /** The registry does not know a signer's key any more. */
  KEY_REMOVED,
  /** The registry shows an impostor's key under the signer's id. */
  KEY_REPLACED,
  /** The registry says that the key was valid only after the event. */
  KEY_POSTDATED,
  /** The chain does not answer queries for anchors. */
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
