package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.jspecify.annotations.Nullable;

/**
 * The bill in the header {@code Payment-Needed} of a 402 answer (ACT A402-1..4). The seller signs
 * the {@code protocol} layer; {@link SignedJson} defines the signature.
 *
 * @param method the additions of the payment method: {@code psp_id}, {@code endpoint}, texts for
 *     people
 */
public record PaymentNeeded(Bill protocol, Map<String, Object> method) {

  /** The sandbox's payment method and its version. */
  public static final String METHOD_ID = "act-sandbox:instant";

  public static final String METHOD_VERSION = "1.0.0";

  /**
   * The protocol layer of the bill.
   *
   * @param amount decimal string
   * @param payBefore the bill cannot be paid after this moment; a new bill is issued then, and this
   *     one is never rewritten (A402-11)
   * @param idempotencyKey required unless the request is GET, HEAD, OPTIONS or TRACE
   */
  public record Bill(
      String methodId,
      String methodVersion,
      String outTradeNo,
      String amount,
      String currency,
      String resourceId,
      Instant payBefore,
      String sellerUniqueId,
      @Nullable String buyerUniqueId,
      String requestMethod,
      String requestFingerprint,
      @Nullable String idempotencyKey,
      int replayWindowSeconds,
      @Nullable CommerceConfirmation commerceConfirmation,
      @Nullable String signerId,
      @Nullable String signatureContent,
      @Nullable String signatureType) {

    /** Returns the bill with the seller's signature, and its canonical form. */
    public SignedJson.Signed<Bill> signedBy(Signer seller) {
      return SignedJson.signed(this, Bill.class, seller);
    }
  }

  /**
   * The order that the bill is for.
   *
   * @param confirmationDigest digest of the signed order
   * @param confirmationUri address of the order, see {@link ConfirmationLinks}
   */
  public record CommerceConfirmation(
      String confirmationId, String confirmationDigest, @Nullable String confirmationUri) {}
}
