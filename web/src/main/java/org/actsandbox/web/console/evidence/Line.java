package org.actsandbox.web.console.evidence;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.jspecify.annotations.Nullable;

/**
 * A record in a list.
 *
 * @param event its last part: {@code cart-confirmed}
 * @param result of its verification; null while nobody has asked
 */
record Line(
    String id,
    String event,
    String holder,
    Instant at,
    @Nullable String orderNo,
    @Nullable String delegationId,
    @Nullable Long height,
    @Nullable Verification result) {

  static Line of(Kept kept) {
    return of(kept, null);
  }

  static Line of(Kept kept, @Nullable Verification result) {
    var record = kept.record();
    return new Line(
        kept.recordId(),
        record.eventType().shortName(),
        kept.holder(),
        record.businessTime(),
        record.orderNo(),
        record.delegationId(),
        kept.height(),
        result);
  }

  static List<Line> of(List<Kept> records) {
    return records.stream().map(Line::of).toList();
  }
}
