package org.actsandbox.sandbox.dispute.judgement;

import java.time.Instant;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Represents the purchase that a dispute is about, as the payment service has it. */
public record DisputedPurchase(
    String orderNo,
    String tradeNo,
    Did merchant,
    Did psp,
    Did agent,
    Did principal,
    Money paid,
    Instant paidAt,
    @Nullable String intentId,
    @Nullable String delegationId) {

  /**
   * Returns the ids that connect the purchase's records; without an intent the order number takes
   * its place.
   */
  public RecordLinks links() {
    return new RecordLinks(intentId == null ? orderNo : intentId, delegationId, orderNo, tradeNo);
  }
}
