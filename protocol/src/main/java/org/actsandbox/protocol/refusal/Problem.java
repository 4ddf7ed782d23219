package org.actsandbox.protocol.refusal;

import static org.actsandbox.protocol.refusal.Category.*;
import static org.actsandbox.protocol.refusal.Retryability.*;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every refusal of the sandbox: its HTTP status, category and the rule it comes from. */
public enum Problem {
  // Any surface
  MALFORMED_JSON(400, REQUEST_PARAMETER, "RFC 8259"),
  INVALID_FIELD(400, REQUEST_PARAMETER, null),
  BODY_TOO_LARGE(413, REQUEST_PARAMETER, null),
  NOT_FOUND(404, REQUEST_PARAMETER, null),
  METHOD_NOT_ALLOWED(405, REQUEST_PARAMETER, null),
  NOT_ACCEPTABLE(406, REQUEST_PARAMETER, null),
  MEDIA_TYPE_UNSUPPORTED(415, REQUEST_PARAMETER, null),
  KEY_MISSING(401, PARTICIPANT_IDENTITY, null),
  KEY_INVALID(401, PARTICIPANT_IDENTITY, null),
  KEY_FORBIDDEN(403, PARTICIPANT_IDENTITY, null),
  IDEMPOTENCY_CONFLICT(409, REQUEST_PARAMETER, null),
  ILLEGAL_TRANSITION(409, TRANSACTION_STATE, "A402-8"),
  RATE_LIMITED(429, SYSTEM, null),
  /** A bug; the answer carries an error id that stands in the log too. */
  INTERNAL(500, SYSTEM, null),
  UNAVAILABLE(503, SYSTEM, null),
  UPSTREAM_FAILED(502, SYSTEM, "A402-9"),
  UPSTREAM_TIMEOUT(504, SYSTEM, "A402-9"),

  // Signatures
  SIGNATURE_MISSING(400, SIGNATURE_VALIDATION, "PSD-3"),
  SIGNER_UNKNOWN(401, SIGNATURE_VALIDATION, "PSD-3"),
  SIGNATURE_TYPE_MISMATCH(401, SIGNATURE_VALIDATION, "PSD-3"),
  SIGNATURE_INVALID(401, SIGNATURE_VALIDATION, "PSD-3"),

  // Commerce interaction (CID)
  INTENT_MALFORMED(400, Category.INTENT_MALFORMED, "CID-3"),
  NO_MATCH(404, INTENT_NO_MATCH, "CID-3"),
  ACCESS_RESTRICTED(403, INTENT_ACCESS_RESTRICTED, "CID-3"),
  CONSTRAINT_CONFLICT(422, INTENT_CONSTRAINT_CONFLICT, "CID-3"),
  INTENT_RATE_LIMITED(429, Category.INTENT_RATE_LIMITED, "CID-3"),
  PREVIOUS_REQUEST_UNKNOWN(409, Category.INTENT_MALFORMED, "CID-2"),
  METHOD_UNSUPPORTED(422, PROTOCOL_METHOD, "CID-5"),
  OFFER_INCOMPLETE(422, INTENT_CONSTRAINT_CONFLICT, "CID-1"),
  OFFER_EXPIRED(409, CART_LOCK_FAILED, "CID-8"),
  PRICE_CHANGED(409, CART_LOCK_FAILED, "CID-8"),
  SOLD_OUT(409, CART_LOCK_FAILED, "CID-8"),
  HOLD_EXPIRED(409, CART_LOCK_FAILED, "CID-8"),
  NOT_CANCELLABLE(409, TRANSACTION_STATE, "CID-8"),

  // Payment-instrument binding and instant payment (PSD)
  BINDING_FAILED(422, PARTICIPANT_IDENTITY, "PSD-1"),
  DUPLICATE_REQUEST(409, REQUEST_PARAMETER, "PSD-4"),
  EXPIRED_REQUEST(400, REQUEST_PARAMETER, "PSD-4"),
  INSTRUMENT_INVALID(422, LIMIT_ASSET, "PSD-4"),
  INSTRUMENT_MISMATCH(403, PARTICIPANT_IDENTITY, "PSD-4"),
  USER_DECLINED(409, AUTHORIZATION_RISK, "PSD-4", TERMINAL),
  CONFIRMATION_TIMED_OUT(409, AUTHORIZATION_RISK, "PSD-4", TERMINAL),
  PIN_WRONG(401, AUTHORIZATION_RISK, "PSD-4"),
  PIN_LOCKED(423, AUTHORIZATION_RISK, "PSD-4"),
  APPROVAL_MISMATCH(409, AUTHORIZATION_RISK, "PSD-3"),
  INSUFFICIENT_BALANCE(402, LIMIT_ASSET, "PSD-4"),
  LIMIT_EXCEEDED(422, LIMIT_ASSET, "PSD-4"),
  EXECUTION_FAILED(502, Category.SYSTEM, "PSD-4"),
  PAYEE_UNKNOWN(422, PARTICIPANT_IDENTITY, "PSD-3"),
  PAYMENT_CLOSED(409, TRANSACTION_STATE, "A402-8"),
  REFUND_EXCEEDS(422, REFUND, "PSD-8", AFTER_CORRECTION),
  REFUND_NOT_ALLOWED(409, REFUND, "A402-8"),

  // A402
  BILL_MISMATCH(422, REQUEST_PARAMETER, "A402-11"),
  BILL_EXPIRED(410, REQUEST_PARAMETER, "A402-3"),
  HEADER_MALFORMED(400, REQUEST_PARAMETER, "A402-2"),
  HEADER_TOO_LARGE(431, REQUEST_PARAMETER, "A402-2"),
  PROOF_MISSING(402, PAYMENT_PROOF_VALIDATION, "A402-1"),
  PROOF_INVALID(402, PAYMENT_PROOF_VALIDATION, "A402-6"),
  PROOF_EXPIRED(402, PAYMENT_PROOF_VALIDATION, "A402-6"),
  PROOF_REVOKED(402, PAYMENT_PROOF_VALIDATION, "A402-6"),
  PROOF_REPLAYED(409, PAYMENT_PROOF_VALIDATION, "A402-6"),
  PROOF_MISMATCH(402, PAYMENT_PROOF_VALIDATION, "A402-6"),
  DELIVERY_CONFLICT(409, FULFILLMENT_RECEIPT, "A402-6"),
  PAID_TOO_LATE(409, FULFILLMENT_RECEIPT, "A402-8", TERMINAL),
  FULFILMENT_FAILED(500, FULFILLMENT_RECEIPT, "A402-7");

  private final int status;
  private final Category category;
  private final @Nullable String rule;
  private final Retryability retryability;

  Problem(int status, Category category, @Nullable String rule) {
    this(status, category, rule, category.retryability());
  }

  Problem(int status, Category category, @Nullable String rule, Retryability retryability) {
    this.status = status;
    this.category = category;
    this.rule = rule;
    this.retryability = retryability;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  public Category category() {
    return category;
  }

  /** The rule of ACT 2.1 (or RFC) this refusal enforces; null for plain HTTP matters. */
  public @Nullable String rule() {
    return rule;
  }

  public Retryability retryability() {
    return retryability;
  }

  /** The stable code on the wire: {@code sold_out}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
