package org.actsandbox.sandbox.psp.approval;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents the payment service's signed evidence of a payment that the principal was not asked
 * about: which credential it rests on, and when that was checked.
 */
record DelegatedPaymentEvidence(
    String tradeNo,
    String method,
    String delegationId,
    String iacDigest,
    Instant checkedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Returns the evidence as JSON that the payment service has signed. */
  static String signed(Trade trade, String iacDigest, Instant at, Signer psp) {
    var delegated = Objects.requireNonNull(trade.terms().delegated());
    var plain =
        new DelegatedPaymentEvidence(
            trade.tradeNo(),
            "delegation",
            delegated.delegationId(),
            iacDigest,
            at,
            null,
            null,
            null);
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(plain), psp));
  }
}
