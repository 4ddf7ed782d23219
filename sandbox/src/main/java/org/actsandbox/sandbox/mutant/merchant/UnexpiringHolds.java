package org.actsandbox.sandbox.mutant.merchant;

import org.actsandbox.merchants.order.HoldExpiry;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** The moment a hold runs out passes unnoticed. */
final class UnexpiringHolds implements MerchantDefect {

  @Override
  public boolean performs(DueWork work) {
    return !(work instanceof HoldExpiry);
  }
}
