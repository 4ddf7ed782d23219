package org.actsandbox.sandbox.dispute.judgement;

import java.time.Instant;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** The purchase a dispute is about, as the payment service has it. */
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

  /** What ties its records together; a buyer that names no intent has its order for one. */
  public RecordLinks links() {
    return new RecordLinks(intentId == null ? orderNo : intentId, delegationId, orderNo, tradeNo);
  }
}
