package org.actsandbox.sandbox.tamper;

import org.jspecify.annotations.Nullable;

/**
 * What to break.
 *
 * @param kind a code of {@link EvidenceBreakKind}
 * @param recordId of a record that is anchored
 * @param field of {@code record_changed}: a JSON pointer; the first text of the event otherwise
 * @param with of {@code records_swapped}: the other record; one of another order otherwise
 * @param signerId of the keys: whose; the record's first signer otherwise
 */
public record TamperRequest(
    @Nullable String kind,
    @Nullable String recordId,
    @Nullable String field,
    @Nullable String with,
    @Nullable String signerId) {}
