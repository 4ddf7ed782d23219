package org.actsandbox.protocol.refusal;

/** Whether and when trying again makes sense (ACT A402-10). */
public enum Retryability {
  NEVER,
  AFTER_CORRECTION,
  AFTER_AUTHORIZATION,
  RETRYABLE,
  QUERY_FIRST,
  TERMINAL
}
