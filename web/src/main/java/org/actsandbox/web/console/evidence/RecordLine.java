package org.actsandbox.web.console.evidence;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.jspecify.annotations.Nullable;

/**
 * Shows a record as one line of a list.
 *
 * @param event last part of the event type: {@code cart-confirmed}
 * @param merchant id of the merchant whose order it is; null if the record names none
 * @param height height of its anchor; null while it is not anchored
 * @param result result of its verification; null before a verification
 */
record RecordLine(
    String id,
    String event,
    String holder,
    Instant at,
    @Nullable String orderNo,
    @Nullable String merchant,
    @Nullable String delegationId,
    @Nullable Long height,
    @Nullable Verification result) {

  static RecordLine of(RecordStore.StoredRecord storedRecord) {
    return of(storedRecord, null);
  }

  static RecordLine of(RecordStore.StoredRecord storedRecord, @Nullable Verification result) {
    var record = storedRecord.record();
    return new RecordLine(
        storedRecord.recordId(),
        record.eventType().shortName(),
        storedRecord.holder(),
        record.businessTime(),
        record.orderNo(),
        record.merchant().map(Did::name).orElse(null),
        record.delegationId(),
        storedRecord.height(),
        result);
  }

  static List<RecordLine> of(List<RecordStore.StoredRecord> records) {
    return records.stream().map(RecordLine::of).toList();
  }
}
