package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.payment.PaymentRule;

/** A defect of the payment service: it opens the cashier without one of the checks. */
record SkippedPaymentRule(PaymentRule skipped) implements PspDefect {

  @Override
  public List<PaymentRule> rules(List<PaymentRule> standard) {
    return standard.stream().filter(rule -> rule != skipped).toList();
  }
}
