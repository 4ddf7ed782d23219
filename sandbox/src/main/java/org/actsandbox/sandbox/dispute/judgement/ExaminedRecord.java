package org.actsandbox.sandbox.dispute.judgement;

import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Represents a record that a party offered, with the result of its verification.
 *
 * @param record null when the trust service does not have it
 * @param verification null when the trust service does not have the record
 * @param against why the record does not count; null when it counts
 */
public record ExaminedRecord(
    String recordId,
    @Nullable OffChainRecord record,
    @Nullable Verification verification,
    @Nullable Code against) {

  public boolean is(EventType type) {
    return record != null && record.eventType() == type;
  }
}
