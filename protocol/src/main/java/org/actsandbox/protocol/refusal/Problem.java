package org.actsandbox.protocol.refusal;

import static org.actsandbox.protocol.refusal.ErrorCategory.*;
import static org.actsandbox.protocol.refusal.Retryability.*;

import java.util.Locale;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RfcRule;
import org.actsandbox.protocol.rule.RuleSource;
import org.jspecify.annotations.Nullable;

/** Lists all refusals of the sandbox with HTTP status, category and the rule that they enforce. */
public enum Problem {
  // Any surface
  /** The request is not HTTP or its address is invalid; it is refused before anything else. */
  REQUEST_MALFORMED(400, REQUEST_PARAMETER, RfcRule.RFC_9112),
  ADDRESS_TOO_LONG(414, REQUEST_PARAMETER, null),
  MALFORMED_JSON(400, REQUEST_PARAMETER, RfcRule.RFC_8259),
  INVALID_FIELD(400, REQUEST_PARAMETER, null),
  BODY_TOO_LARGE(413, REQUEST_PARAMETER, null),
  BODY_TOO_SLOW(408, REQUEST_PARAMETER, RfcRule.RFC_9110),
  NOT_FOUND(404, REQUEST_PARAMETER, null),
  METHOD_NOT_ALLOWED(405, REQUEST_PARAMETER, null),
  NOT_ACCEPTABLE(406, REQUEST_PARAMETER, null),
  MEDIA_TYPE_UNSUPPORTED(415, REQUEST_PARAMETER, null),
  KEY_MISSING(401, PARTICIPANT_IDENTITY, null),
  KEY_INVALID(401, PARTICIPANT_IDENTITY, null),
  KEY_FORBIDDEN(403, PARTICIPANT_IDENTITY, null),
  /** Ours: a world signs for its clients only where no key matters. */
  SIGNING_HELPER_OFF(403, PARTICIPANT_IDENTITY, null),
  NAME_TAKEN(409, REQUEST_PARAMETER, null),
  ILLEGAL_TRANSITION(409, TRANSACTION_STATE, ActRule.A402_8),
  RATE_LIMITED(429, SYSTEM, null),
  /** The server has a bug; the answer has an error id that is also in the log. */
  INTERNAL(500, SYSTEM, null),
  UNAVAILABLE(503, SYSTEM, null),
  UPSTREAM_FAILED(502, SYSTEM, ActRule.A402_9),
  UPSTREAM_TIMEOUT(504, SYSTEM, ActRule.A402_9),

  // Signatures
  SIGNATURE_MISSING(400, SIGNATURE_VALIDATION, ActRule.PSD_3),
  SIGNER_UNKNOWN(401, SIGNATURE_VALIDATION, ActRule.PSD_3),
  SIGNATURE_TYPE_MISMATCH(401, SIGNATURE_VALIDATION, ActRule.PSD_3),
  SIGNATURE_INVALID(401, SIGNATURE_VALIDATION, ActRule.PSD_3),

  // Commerce interaction (CID)
  INTENT_MALFORMED(400, ErrorCategory.INTENT_MALFORMED, ActRule.CID_3),
  NO_MATCH(404, INTENT_NO_MATCH, ActRule.CID_3),
  ACCESS_RESTRICTED(403, INTENT_ACCESS_RESTRICTED, ActRule.CID_3),
  CONSTRAINT_CONFLICT(422, INTENT_CONSTRAINT_CONFLICT, ActRule.CID_3),
  /** Ours: it is better to refuse an unknown constraint than to ignore it silently. */
  CONSTRAINT_UNKNOWN(422, INTENT_CONSTRAINT_CONFLICT, ActRule.CID_3),
  INTENT_RATE_LIMITED(429, ErrorCategory.INTENT_RATE_LIMITED, ActRule.CID_3),
  PREVIOUS_REQUEST_UNKNOWN(409, ErrorCategory.INTENT_MALFORMED, ActRule.CID_2),
  METHOD_UNSUPPORTED(422, PROTOCOL_METHOD, ActRule.CID_5),
  OFFER_INCOMPLETE(422, INTENT_CONSTRAINT_CONFLICT, ActRule.CID_1),
  OFFER_EXPIRED(409, CART_LOCK_FAILED, ActRule.CID_8),
  PRICE_CHANGED(409, CART_LOCK_FAILED, ActRule.CID_8),
  SOLD_OUT(409, CART_LOCK_FAILED, ActRule.CID_8),
  HOLD_EXPIRED(409, CART_LOCK_FAILED, ActRule.CID_8),
  NOT_CANCELLABLE(409, TRANSACTION_STATE, ActRule.CID_8),

  // Credit association (CRD)
  RELATIONSHIP_UNVERIFIED(422, PARTICIPANT_IDENTITY, ActRule.CRD_5),
  ASSOCIATION_STATE(409, TRANSACTION_STATE, ActRule.CRD_2),
  /** Ours: a seller decides by its own rules whom it serves (ACT CRD-10). */
  BUYER_CREDENTIAL_REQUIRED(403, PARTICIPANT_IDENTITY, ActRule.CRD_10),
  BUYER_UNVERIFIED(503, SYSTEM, ActRule.CRD_9, RETRYABLE),
  BUYER_UNDER_REVIEW(409, PARTICIPANT_IDENTITY, ActRule.CRD_9),

  // Payment-instrument binding and instant payment (PSD)
  BINDING_FAILED(422, PARTICIPANT_IDENTITY, ActRule.PSD_1),
  /** No agent of that name is registered, or it was deregistered. */
  AGENT_UNKNOWN(422, PARTICIPANT_IDENTITY, ActRule.PSD_1),
  ACCOUNT_LIMIT_EXCEEDED(422, LIMIT_ASSET, ActRule.PSD_1),
  CONSENT_REFUSED(409, AUTHORIZATION_RISK, ActRule.PSD_1, TERMINAL),
  DUPLICATE_REQUEST(409, REQUEST_PARAMETER, ActRule.PSD_4),
  EXPIRED_REQUEST(400, REQUEST_PARAMETER, ActRule.PSD_4),
  INSTRUMENT_INVALID(422, LIMIT_ASSET, ActRule.PSD_4),
  INSTRUMENT_MISMATCH(403, PARTICIPANT_IDENTITY, ActRule.PSD_4),
  USER_DECLINED(409, AUTHORIZATION_RISK, ActRule.PSD_4, TERMINAL),
  CONFIRMATION_TIMED_OUT(409, AUTHORIZATION_RISK, ActRule.PSD_4, TERMINAL),
  PIN_WRONG(401, AUTHORIZATION_RISK, ActRule.PSD_4),
  PIN_LOCKED(423, AUTHORIZATION_RISK, ActRule.PSD_4),
  APPROVAL_MISMATCH(409, AUTHORIZATION_RISK, ActRule.PSD_3),
  INSUFFICIENT_BALANCE(422, LIMIT_ASSET, ActRule.PSD_4),
  LIMIT_EXCEEDED(422, LIMIT_ASSET, ActRule.PSD_4),
  EXECUTION_FAILED(502, ErrorCategory.SYSTEM, ActRule.PSD_4),
  PAYEE_UNKNOWN(422, PARTICIPANT_IDENTITY, ActRule.PSD_3),
  PAYMENT_CLOSED(409, TRANSACTION_STATE, ActRule.A402_8),
  REFUND_EXCEEDS(422, REFUND, ActRule.PSD_8, AFTER_CORRECTION),
  REFUND_NOT_ALLOWED(409, REFUND, ActRule.A402_8),

  // Disputes (TSD)
  DISPUTE_NOT_ALLOWED(409, TRANSACTION_STATE, ActRule.TSD_6, TERMINAL),
  DISPUTE_OPEN(409, TRANSACTION_STATE, ActRule.TSD_6),
  EVIDENCE_LATE(409, TRANSACTION_STATE, ActRule.TSD_6, TERMINAL),

  // Authority (ADD) and payments that rest on it (PSD-5..7)
  ISR_INCOMPLETE(422, AUTHORIZATION_RISK, ActRule.ADD_6, AFTER_CORRECTION),
  IAC_INVALID(401, SIGNATURE_VALIDATION, ActRule.ADD_4),
  IAC_NOT_ISSUED(403, AUTHORIZATION_RISK, ActRule.ADD_8),
  IAC_NOT_YET_VALID(403, AUTHORIZATION_RISK, ActRule.ADD_8, RETRYABLE),
  IAC_EXPIRED(403, AUTHORIZATION_RISK, ActRule.PSD_6),
  IAC_SUSPENDED(403, AUTHORIZATION_RISK, ActRule.PSD_6),
  IAC_REVOKED(403, AUTHORIZATION_RISK, ActRule.PSD_6),
  IAC_AGENT_MISMATCH(403, PARTICIPANT_IDENTITY, ActRule.PSD_6),
  IAC_PRINCIPAL_MISMATCH(403, PARTICIPANT_IDENTITY, ActRule.PSD_5),
  /** The order was confirmed under another intent than its payment. */
  INTENT_MISMATCH(409, REQUEST_PARAMETER, ActRule.TSD_2, AFTER_CORRECTION),
  DELEGATION_MISMATCH(409, REQUEST_PARAMETER, ActRule.TSD_2, AFTER_CORRECTION),
  DELEGATION_STATE_UNKNOWN(503, ErrorCategory.SYSTEM, ActRule.ADD_8, RETRYABLE),
  DELEGATION_MODE_MISMATCH(403, AUTHORIZATION_RISK, ActRule.PSD_5),
  CURRENCY_NOT_ALLOWED(422, LIMIT_ASSET, ActRule.PSD_5),
  SINGLE_LIMIT_EXCEEDED(422, LIMIT_ASSET, ActRule.PSD_6),
  CUMULATIVE_LIMIT_EXCEEDED(422, LIMIT_ASSET, ActRule.PSD_6),
  PRICE_DEVIATION_EXCEEDED(422, AUTHORIZATION_RISK, ActRule.CID_6),
  PAYMENT_METHOD_NOT_ALLOWED(422, LIMIT_ASSET, ActRule.PSD_5),
  MERCHANT_NOT_ALLOWED(403, AUTHORIZATION_RISK, ActRule.PSD_6),
  CATEGORY_NOT_ALLOWED(403, AUTHORIZATION_RISK, ActRule.PSD_7),
  GOODS_NOT_STATED(422, AUTHORIZATION_RISK, ActRule.PSD_5),
  TARGET_MISMATCH(403, AUTHORIZATION_RISK, ActRule.PSD_5),
  TARGET_ALREADY_BOUGHT(409, AUTHORIZATION_RISK, ActRule.PSD_5, TERMINAL),
  FULFILMENT_TIME_NOT_ALLOWED(422, AUTHORIZATION_RISK, ActRule.CID_6),
  NOT_IN_PLAN(403, AUTHORIZATION_RISK, ActRule.PSD_5),
  RETRIES_EXHAUSTED(409, AUTHORIZATION_RISK, ActRule.CID_7, TERMINAL),
  SUB_ACCOUNT_UNKNOWN(422, LIMIT_ASSET, ActRule.PSD_2),
  SUB_ACCOUNT_FROZEN(422, LIMIT_ASSET, ActRule.PSD_2),
  SUB_ACCOUNT_CANCELLED(422, LIMIT_ASSET, ActRule.PSD_2, TERMINAL),
  SUB_ACCOUNT_MISMATCH(403, PARTICIPANT_IDENTITY, ActRule.PSD_2),
  /** The account has no key, its key is not active, or another key signed. */
  SUB_ACCOUNT_KEY_INVALID(401, SIGNATURE_VALIDATION, ActRule.PSD_2),
  SUB_ACCOUNT_AUTHORIZATION_INVALID(401, SIGNATURE_VALIDATION, ActRule.PSD_2),

  // Evidence broken on purpose
  ALREADY_TAMPERED(409, REQUEST_PARAMETER, null),

  // A402
  BILL_MISMATCH(422, REQUEST_PARAMETER, ActRule.A402_11),
  BILL_EXPIRED(410, REQUEST_PARAMETER, ActRule.A402_3),
  HEADER_MALFORMED(400, REQUEST_PARAMETER, ActRule.A402_2),
  HEADER_TOO_LARGE(431, REQUEST_PARAMETER, ActRule.A402_2),
  PROOF_MISSING(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_1),
  PROOF_INVALID(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_6),
  PROOF_EXPIRED(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_6),
  PROOF_REVOKED(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_6),
  PROOF_REPLAYED(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_6),
  PROOF_MISMATCH(402, PAYMENT_PROOF_VALIDATION, ActRule.A402_6),
  /** The payment service gives no answer about the proof, which is neither valid nor invalid. */
  PROOF_UNVERIFIED(503, SYSTEM, ActRule.A402_6, RETRYABLE),
  DELIVERY_CONFLICT(402, FULFILLMENT_RECEIPT, ActRule.A402_6),
  PAID_TOO_LATE(409, FULFILLMENT_RECEIPT, ActRule.A402_8, TERMINAL),
  FULFILMENT_FAILED(500, FULFILLMENT_RECEIPT, ActRule.A402_7);

  private final int status;
  private final ErrorCategory category;

  @SuppressWarnings("ImmutableEnumChecker") // both implementations are enums
  private final @Nullable RuleSource rule;

  private final Retryability retryability;

  Problem(int status, ErrorCategory category, @Nullable RuleSource rule) {
    this(status, category, rule, category.retryability());
  }

  Problem(
      int status, ErrorCategory category, @Nullable RuleSource rule, Retryability retryability) {
    this.status = status;
    this.category = category;
    this.rule = rule;
    this.retryability = retryability;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  public ErrorCategory category() {
    return category;
  }

  /** Returns the rule of ACT 2.1 or the RFC that this refusal enforces; null if there is none. */
  public @Nullable RuleSource rule() {
    return rule;
  }

  public Retryability retryability() {
    return retryability;
  }

  /** Returns the address of the text about this refusal, on the server that refuses. */
  public String helpUrl() {
    return "/errors#" + code();
  }

  /** Returns the stable code on the wire, such as {@code sold_out}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
