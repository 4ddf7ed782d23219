package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.jspecify.annotations.Nullable;

/**
 * The bill a 402 answer carries in {@code Payment-Needed} (ACT A402-1..4). The seller signs the
 * {@code protocol} layer as {@link SignedJson} says.
 *
 * @param method what the payment method adds: {@code psp_id}, {@code endpoint}, texts for people
 */
public record PaymentNeeded(Bill protocol, Map<String, Object> method) {

  /** The sandbox's payment method and its version. */
  public static final String METHOD_ID = "act-sandbox:instant";

  public static final String METHOD_VERSION = "1.0.0";

  /**
   * @param amount decimal string
   * @param payBefore the bill is dead afterwards; a new one is issued, this one never rewritten
   *     (A402-11)
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

    public Bill signedBy(Signer seller) {
      return SignedJson.sign(this, Bill.class, seller);
    }
  }

  /**
   * @param confirmationDigest digest of the signed order
   */
  public record CommerceConfirmation(
      String confirmationId, String confirmationDigest, @Nullable String confirmationUri) {}
}
