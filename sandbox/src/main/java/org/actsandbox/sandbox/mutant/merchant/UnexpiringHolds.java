package org.actsandbox.sandbox.mutant.merchant;

import org.actsandbox.merchants.order.HoldExpiry;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** A defect of a merchant: holds never expire. */
final class UnexpiringHolds implements MerchantDefect {

  @Override
  public boolean performs(DueWork work) {
    return !(work instanceof HoldExpiry);
  }
}
