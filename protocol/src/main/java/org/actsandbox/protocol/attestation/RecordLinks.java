package org.actsandbox.protocol.attestation;

import org.jspecify.annotations.Nullable;

/**
 * What ties the records of one flow together across domains (ACT TSD-2).
 *
 * @param intentId the flow's primary key, in every record
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
