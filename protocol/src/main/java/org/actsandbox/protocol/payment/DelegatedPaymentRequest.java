package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An agent's signed request for a payment under a delegation (ACT PSD-5, PSD-7). {@code SignedJson}
 * defines the signature. Directed and autonomous payments have the same form and require different
 * credentials.
 *
 * @param iac the whole credential, compact VC-JWT
 * @param principalId the principal who pays, because a platform agent acts for many principals
 * @param instrumentRef null if a sub-account pays
 * @param subAccountAuthorization made with the sub-account's own key; null if an instrument pays
 * @param fulfilmentAt time of delivery or begin of the purchase, for which the agent is responsible
 * @param bill the seller's signed bill, unchanged
 * @param billMethod as in {@link InstantPaymentRequest}
 * @param order the seller's signed order, of which the bill has the digest; required in mode
 *     SPECIFIED, to compare the order with the purchase targets
 * @param callbackUrl as in {@link InstantPaymentRequest}
 */
public record DelegatedPaymentRequest(
    String requestId,
    String delegationId,
    String iac,
    String merchantOrderNo,
    String amount,
    String currency,
    Instant timestamp,
    String agentId,
    String principalId,
    String payee,
    @Nullable String instrumentRef,
    @Nullable SubAccountAuthorization subAccountAuthorization,
    @Nullable Instant fulfilmentAt,
    PaymentNeeded.Bill bill,
    @Nullable JsonNode billMethod,
    @Nullable JsonNode order,
    @Nullable String description,
    @Nullable String callbackUrl,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("request_id", requestId, 64);
    mistakes.text("delegation_id", delegationId, 64);
    mistakes.text("merchant_order_no", merchantOrderNo, 64);
    mistakes.did("agent_id", agentId);
    mistakes.did("principal_id", principalId);
    mistakes.did("payee", payee);
    mistakes.text("instrument_ref", instrumentRef, 64);
    mistakes.text("iac", iac, ProofCodec.MAX_LENGTH);
    mistakes.text("description", description, 256);
    mistakes.moment("fulfilment_at", fulfilmentAt);
    mistakes.checkPresent(bill, value -> PaymentValueChecks.bill(value, mistakes));
    mistakes.money("amount", amount, currency);
  }

  /**
   * An authorization of exactly this payment, signed with the sub-account's key (ACT PSD-2).
   *
   * @param signerId the sub-account's key, as the PSP registered it
   */
  public record SubAccountAuthorization(
      String subAccountId,
      String requestId,
      String merchantOrderNo,
      String amount,
      String currency,
      Instant timestamp,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}
}
