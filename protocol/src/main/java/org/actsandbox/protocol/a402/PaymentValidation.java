package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * The seller's verdict in {@code Payment-Validation}: payment, delivery and fulfilment apart
 * (A402-9).
 */
public record PaymentValidation(Facts protocol, Map<String, Object> method) {

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
