package org.actsandbox.protocol.refusal;

/** Lists the conditions under which a request may be sent again after an error (ACT A402-10). */
public enum Retryability {
  NEVER,
  AFTER_CORRECTION,
  AFTER_AUTHORIZATION,
  RETRYABLE,
  QUERY_FIRST,
  TERMINAL
}
