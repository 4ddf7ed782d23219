package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.payment.TradeEnds;

/** The moment a payment runs out of time passes unnoticed. */
final class OpenForEver implements PspDefect {

  @Override
  public boolean does(DueWork work) {
    return !(work instanceof TradeEnds);
  }
}
