package org.actsandbox.sandbox.psp.approval;

import java.time.Instant;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents the principal's signed evidence of method and time of the confirmation (ACT PSD-3); it
 * outlives the payment.
 *
 * @param digest the digest of the {@link org.actsandbox.protocol.payment.ApprovalContent} that was
 *     shown
 */
record ApprovalEvidence(
    String tradeNo,
    String decision,
    String method,
    String digest,
    Instant approvedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Returns the evidence as JSON that the principal has signed. */
  static String signed(String tradeNo, String digest, Instant at, Signer principal) {
    var plain =
        new ApprovalEvidence(tradeNo, "APPROVE", "payment_pin", digest, at, null, null, null);
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(plain), principal));
  }
}
