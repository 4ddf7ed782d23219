package org.actsandbox.protocol.refusal;

/** Lists the actions that a program may take after an error (ACT A402-10, published schema). */
public enum NextAction {
  CORRECT_REQUEST,
  RENEGOTIATE_METHOD,
  REAUTHORIZE,
  CHANGE_PAYMENT_TOOL,
  QUERY_PAYMENT_STATUS,
  OBTAIN_NEW_PROOF,
  RETRY_VALIDATION,
  RETRY_DELIVERY,
  RETRY_FULFILLMENT,
  RETURN_PRIOR_RESULT,
  CREATE_NEW_REQUIREMENT,
  SWITCH_COUNTERPARTY,
  ESCALATE,
  ABORT
}
