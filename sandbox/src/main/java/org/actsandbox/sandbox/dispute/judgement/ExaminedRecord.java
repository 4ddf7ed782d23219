package org.actsandbox.sandbox.dispute.judgement;

import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A record that a party offered, after verification.
 *
 * @param record null when nobody has it
 * @param verification likewise
 * @param against why it does not count; null when it does
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
