package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.payment.PaymentRule;

/**
 * A defect of the payment service: it checks the instrument before the caller's signature, so
 * strangers learn what it can pay.
 */
final class InstrumentBeforeSignature implements PspDefect {

  private static final List<PaymentRule> FIRST = List.of(PaymentRule.INSTRUMENT, PaymentRule.LIMIT);

  @Override
  public List<PaymentRule> rules(List<PaymentRule> standard) {
    var others = standard.stream().filter(rule -> !FIRST.contains(rule));
    return Stream.concat(FIRST.stream(), others).toList();
  }
}
