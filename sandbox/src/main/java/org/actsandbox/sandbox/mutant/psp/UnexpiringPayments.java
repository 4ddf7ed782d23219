package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.PspDefect;

/** A defect of the payment service: payments never time out. */
final class UnexpiringPayments implements PspDefect {

  @Override
  public boolean performs(DueWork work) {
    // Of the payment service's work only the end of payments is done in batches.
    return !(work instanceof DueBatches);
  }
}
