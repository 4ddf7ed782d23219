package org.actsandbox.sandbox.tamper;

import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Represents the request body that breaks a piece of evidence.
 *
 * @param kind a code of {@link EvidenceBreakKind}
 * @param recordId the id of an anchored record
 * @param field for {@code record_changed}: a JSON pointer; by default the first text of the event
 * @param with for {@code records_swapped}: the other record; by default one of another order
 * @param signerId for changes of keys: the key's id; by default the record's first signer
 */
public record TamperRequest(
    @Nullable String kind,
    @Nullable String recordId,
    @Nullable String field,
    @Nullable String with,
    @Nullable String signerId)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.oneOf("kind", kind, EvidenceBreakKind.codes());
    mistakes.text("record_id", recordId, 128);
    mistakes.text("field", field, 256);
    mistakes.text("with", with, 128);
    mistakes.text("signer_id", signerId, 128);
  }
}
