package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.payment.PaymentRule;

/** Opens the cashier without one of the checks. */
record SkippedPaymentRule(PaymentRule forgotten) implements PspDefect {

  @Override
  public List<PaymentRule> rules(List<PaymentRule> standard) {
    return standard.stream().filter(rule -> rule != forgotten).toList();
  }
}
