package org.actsandbox.protocol.attestation;

import org.jspecify.annotations.Nullable;

/**
 * The identifiers that connect the records of one purchase across participants (ACT TSD-2).
 *
 * @param intentId the primary key of the purchase, present in every record
 */
public record RecordLinks(
    String intentId,
    @Nullable String delegationId,
    @Nullable String orderNo,
    @Nullable String tradeNo) {

  public static RecordLinks ofIntent(String intentId) {
    return new RecordLinks(intentId, null, null, null);
  }
}
