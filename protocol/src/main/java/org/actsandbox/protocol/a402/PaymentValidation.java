package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * The content of the header {@code Payment-Validation}: the seller's result, which states payment,
 * delivery and fulfilment separately (A402-9).
 */
public record PaymentValidation(Facts protocol, Map<String, Object> method) {

  /** The protocol layer. */
  public record Facts(
      String methodId,
      String methodVersion,
      String outTradeNo,
      String resourceId,
      String tradeNo,
      String requestFingerprint,
      ValidationStatus validationStatus,
      DeliveryStatus deliveryStatus,
      FulfillmentStatus fulfillmentStatus,
      TransactionState transactionState,
      Instant validatedAt,
      @Nullable ErrorBody error,
      @Nullable List<EvidenceRef> evidenceRefs) {}

  /**
   * A reference to evidence for the result.
   *
   * @param type PAYMENT | VALIDATION | DELIVERY | FULFILLMENT | RECEIPT
   */
  public record EvidenceRef(String type, String digest, @Nullable String uri) {}

  public enum ValidationStatus {
    VALID,
    INVALID,
    UNKNOWN
  }

  public enum DeliveryStatus {
    NOT_STARTED,
    STARTED,
    DELIVERED,
    FAILED,
    UNKNOWN
  }

  public enum FulfillmentStatus {
    NOT_CONFIRMED,
    PENDING,
    CONFIRMED,
    FAILED,
    UNKNOWN
  }
}
