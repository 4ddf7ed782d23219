package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An agent's signed request for a user-instant payment (PSD-3). {@code SignedJson} defines the
 * signature.
 *
 * @param requestId unique; a repeated request with the same id and content gets the same answer
 * @param merchantOrderNo the order of the bill; equals {@code bill.out_trade_no}
 * @param instrumentRef reference bound to principal and agent, never an account number
 * @param amount decimal string; equals the bill's amount
 * @param principalId the principal who pays; absent means the owner of the instrument
 * @param payee DID of the merchant; equals the bill's seller
 * @param bill the seller's signed bill, unchanged from {@code Payment-Needed} (protocol layer)
 * @param billMethod the {@code method} layer of the same header; if present, the payment service
 *     also verifies the seller's signature over it
 * @param description purpose of the payment, which the cashier shows
 * @param callbackUrl address where the agent is notified of this payment
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
    @Nullable String callbackUrl,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("request_id", requestId, 64);
    mistakes.text("merchant_order_no", merchantOrderNo, 64);
    mistakes.text("instrument_ref", instrumentRef, 64);
    mistakes.did("agent_id", agentId);
    mistakes.did("principal_id", principalId);
    mistakes.did("payee", payee);
    mistakes.text("intent_id", intentId, 64);
    mistakes.text("description", description, 256);
    mistakes.checkPresent(bill, value -> PaymentValueChecks.bill(value, mistakes));
    mistakes.money("amount", amount, currency);
  }
}
