package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user-instant payment request (PSD-3), signed by the agent as {@code SignedJson} says.
 *
 * @param requestId unique; the same id with the same content again gets the same answer
 * @param merchantOrderNo the order the bill is for; equals {@code bill.out_trade_no}
 * @param instrumentRef reference bound to principal and agent, never an account number
 * @param amount decimal string; equals the bill's
 * @param principalId on whose behalf; absent is whoever owns the instrument
 * @param payee DID of the merchant; equals the bill's seller
 * @param bill the seller's signed bill, byte for byte as it came in {@code Payment-Needed}
 *     (protocol layer)
 * @param billMethod the {@code method} layer that came with it; where it is there, the payment
 *     service verifies the seller's signature over it too
 * @param description what the cashier shows as "for"
 */
public record InstantPaymentRequest(
    String requestId,
    String merchantOrderNo,
    String instrumentRef,
    String amount,
    String currency,
    Instant timestamp,
    String agentId,
    @Nullable String principalId,
    String payee,
    @Nullable String intentId,
    PaymentNeeded.Bill bill,
    @Nullable JsonNode billMethod,
    @Nullable String description,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
