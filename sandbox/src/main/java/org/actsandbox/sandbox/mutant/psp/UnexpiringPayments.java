package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.payment.TradeTermination;

/** A defect of the payment service: payments never time out. */
final class UnexpiringPayments implements PspDefect {

  @Override
  public boolean performs(DueWork work) {
    return !(work instanceof TradeTermination);
  }
}
