package org.actsandbox.protocol.delegation.boundary;

import org.actsandbox.protocol.refusal.Problem;

/**
 * Lists the bounds of a delegation in the order of checking (ACT PSD-5, PSD-7), each with the error
 * of ACT PSD-6 for a payment that violates it.
 */
public enum Boundary {
  NOT_BEGUN(Problem.IAC_NOT_YET_VALID),
  OVER(Problem.IAC_EXPIRED),
  SUSPENDED(Problem.IAC_SUSPENDED),
  REVOKED(Problem.IAC_REVOKED),
  AGENT(Problem.IAC_AGENT_MISMATCH),
  PRINCIPAL(Problem.IAC_PRINCIPAL_MISMATCH),
  MODE(Problem.DELEGATION_MODE_MISMATCH),
  CURRENCY(Problem.CURRENCY_NOT_ALLOWED),
  SINGLE_AMOUNT(Problem.SINGLE_LIMIT_EXCEEDED),
  CUMULATIVE_AMOUNT(Problem.CUMULATIVE_LIMIT_EXCEEDED),
  PRICE_DEVIATION(Problem.PRICE_DEVIATION_EXCEEDED),
  METHOD(Problem.PAYMENT_METHOD_NOT_ALLOWED),
  MERCHANT(Problem.MERCHANT_NOT_ALLOWED),
  CATEGORY(Problem.CATEGORY_NOT_ALLOWED),
  FULFILMENT_TIME(Problem.FULFILMENT_TIME_NOT_ALLOWED),
  PLAN(Problem.NOT_IN_PLAN),
  /** The merchant must state the goods, so that they can be compared with the target. */
  GOODS_STATED(Problem.GOODS_NOT_STATED),
  TARGET(Problem.TARGET_MISMATCH),
  TARGET_TIMES(Problem.TARGET_ALREADY_BOUGHT),
  RETRIES(Problem.RETRIES_EXHAUSTED);

  private final Problem problem;

  Boundary(Problem problem) {
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
