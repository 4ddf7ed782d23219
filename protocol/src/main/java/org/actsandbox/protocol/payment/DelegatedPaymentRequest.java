package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payment that rests on a delegation (ACT PSD-5, PSD-7), signed by the agent as {@code
 * SignedJson} says. Directed and autonomous payments have this one form; what differs is what the
 * credential must say.
 *
 * @param iac the whole credential, compact VC-JWT
 * @param principalId on whose behalf: a platform agent acts for many
 * @param instrumentRef either this or a sub-account
 * @param subAccountAuthorization made with the sub-account's own key
 * @param fulfilmentAt when what is bought is delivered or begins; the agent answers for it
 * @param bill the seller's signed bill, byte for byte
 * @param billMethod as in {@link InstantPaymentRequest}
 * @param order the seller's signed order that the bill names by its digest; needed in mode
 *     SPECIFIED, where what is bought is compared with what was specified
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
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /**
   * What the sub-account's key signs (ACT PSD-2): this payment and no other.
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
