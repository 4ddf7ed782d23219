package org.actsandbox.protocol.refusal;

import static org.actsandbox.protocol.refusal.NextAction.*;
import static org.actsandbox.protocol.refusal.Retryability.*;

import java.util.List;

/**
 * Lists the eleven error categories of ACT A402-10 with the catalogue's error id and advice, and
 * those of the commerce domain (CID-3). A {@link Problem} may give more precise advice.
 */
public enum ErrorCategory {
  SIGNATURE_VALIDATION(
      "ACT-A402-SIGNATURE_INVALID",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      CORRECT_REQUEST,
      ESCALATE,
      ABORT),
  REQUEST_PARAMETER(
      "ACT-A402-REQUEST_INVALID",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      CORRECT_REQUEST,
      CREATE_NEW_REQUIREMENT,
      ABORT),
  PROTOCOL_METHOD(
      "ACT-A402-METHOD_UNSUPPORTED",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      RENEGOTIATE_METHOD,
      SWITCH_COUNTERPARTY,
      ABORT),
  PARTICIPANT_IDENTITY(
      "ACT-A402-PARTICIPANT_INVALID",
      ErrorPhase.AUTHORIZATION,
      AFTER_AUTHORIZATION,
      REAUTHORIZE,
      CORRECT_REQUEST,
      ESCALATE,
      ABORT),
  LIMIT_ASSET(
      "ACT-A402-LIMIT_OR_ASSET_REJECTED",
      ErrorPhase.AUTHORIZATION,
      AFTER_AUTHORIZATION,
      CHANGE_PAYMENT_TOOL,
      REAUTHORIZE,
      ABORT),
  AUTHORIZATION_RISK(
      "ACT-A402-AUTHORIZATION_REJECTED",
      ErrorPhase.AUTHORIZATION,
      AFTER_AUTHORIZATION,
      REAUTHORIZE,
      ESCALATE,
      ABORT),
  TRANSACTION_STATE(
      "ACT-A402-STATE_CONFLICT",
      ErrorPhase.PAYMENT,
      QUERY_FIRST,
      QUERY_PAYMENT_STATUS,
      RETURN_PRIOR_RESULT,
      ESCALATE,
      ABORT),
  REFUND(
      "ACT-A402-REFUND_FAILED",
      ErrorPhase.FULFILLMENT,
      QUERY_FIRST,
      QUERY_PAYMENT_STATUS,
      ESCALATE,
      ABORT),
  FULFILLMENT_RECEIPT(
      "ACT-A402-FULFILLMENT_FAILED",
      ErrorPhase.FULFILLMENT,
      RETRYABLE,
      RETRY_DELIVERY,
      RETRY_FULFILLMENT,
      RETURN_PRIOR_RESULT,
      ESCALATE),
  PAYMENT_PROOF_VALIDATION(
      "ACT-A402-PROOF_INVALID",
      ErrorPhase.PROOF_VALIDATION,
      AFTER_CORRECTION,
      OBTAIN_NEW_PROOF,
      RETRY_VALIDATION,
      CREATE_NEW_REQUIREMENT,
      ABORT),
  SYSTEM(
      "ACT-A402-SYSTEM_UNAVAILABLE",
      ErrorPhase.PAYMENT,
      QUERY_FIRST,
      QUERY_PAYMENT_STATUS,
      RETRY_VALIDATION,
      ESCALATE,
      ABORT),

  INTENT_MALFORMED(
      "ACT-CID-MALFORMED", ErrorPhase.REQUIREMENT, AFTER_CORRECTION, CORRECT_REQUEST, ABORT),
  INTENT_NO_MATCH(
      "ACT-CID-NO_MATCH",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      CORRECT_REQUEST,
      SWITCH_COUNTERPARTY,
      ABORT),
  INTENT_ACCESS_RESTRICTED(
      "ACT-CID-ACCESS_RESTRICTED",
      ErrorPhase.REQUIREMENT,
      AFTER_AUTHORIZATION,
      REAUTHORIZE,
      SWITCH_COUNTERPARTY,
      ABORT),
  INTENT_CONSTRAINT_CONFLICT(
      "ACT-CID-CONSTRAINT_CONFLICT",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      CORRECT_REQUEST,
      SWITCH_COUNTERPARTY,
      ABORT),
  INTENT_RATE_LIMITED(
      "ACT-CID-RATE_LIMITED",
      ErrorPhase.REQUIREMENT,
      RETRYABLE,
      CORRECT_REQUEST,
      SWITCH_COUNTERPARTY,
      ABORT),
  CART_LOCK_FAILED(
      "ACT-CID-LOCK_FAILED",
      ErrorPhase.REQUIREMENT,
      AFTER_CORRECTION,
      CORRECT_REQUEST,
      SWITCH_COUNTERPARTY,
      ABORT);

  private final String errorId;
  private final ErrorPhase phase;
  private final Retryability retryability;

  // List.of is immutable, but Error Prone cannot see that from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<NextAction> nextActions;

  ErrorCategory(
      String errorId, ErrorPhase phase, Retryability retryability, NextAction... nextActions) {
    this.errorId = errorId;
    this.phase = phase;
    this.retryability = retryability;
    this.nextActions = List.of(nextActions);
  }

  public String errorId() {
    return errorId;
  }

  /** Returns the catalogue's phase. */
  public ErrorPhase phase() {
    return phase;
  }

  /**
   * Returns the phase of an error of this category in a request of phase {@code where}. A wrong
   * signature, a wrong field or an outage can happen in any phase, but a refused proof, an exceeded
   * limit or a failed refund belongs to the category's own phase.
   */
  public ErrorPhase phase(ErrorPhase where) {
    return switch (this) {
      case SIGNATURE_VALIDATION,
          REQUEST_PARAMETER,
          PROTOCOL_METHOD,
          PARTICIPANT_IDENTITY,
          TRANSACTION_STATE,
          FULFILLMENT_RECEIPT,
          SYSTEM ->
          where;
      case LIMIT_ASSET,
          AUTHORIZATION_RISK,
          REFUND,
          PAYMENT_PROOF_VALIDATION,
          INTENT_MALFORMED,
          INTENT_NO_MATCH,
          INTENT_ACCESS_RESTRICTED,
          INTENT_CONSTRAINT_CONFLICT,
          INTENT_RATE_LIMITED,
          CART_LOCK_FAILED ->
          phase;
    };
  }

  public Retryability retryability() {
    return retryability;
  }

  public List<NextAction> nextActions() {
    return nextActions;
  }
}
