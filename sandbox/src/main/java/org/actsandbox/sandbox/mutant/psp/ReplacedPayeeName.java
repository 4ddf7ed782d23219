package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;

/** A defect of the payment service: the cashier names itself as the payee. */
final class ReplacedPayeeName implements PspDefect {

  @Override
  public PspWorld changeWorld(PspWorld honest) {
    var payees = honest.payees();
    return honest.withPayees(
        did ->
            payees
                .apply(did)
                .map(
                    payee ->
                        new Payee(
                            payee.did(), "Sandbox Pay", payee.category(), payee.notifications())));
  }
}
