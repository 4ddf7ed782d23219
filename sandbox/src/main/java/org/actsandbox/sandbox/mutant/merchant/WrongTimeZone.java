package org.actsandbox.sandbox.mutant.merchant;

import java.time.ZoneId;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/**
 * A defect of a merchant: it computes dates in another time zone than its goods.
 *
 * @param zone the wrong time zone
 */
record WrongTimeZone(ZoneId zone) implements MerchantDefect {

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withClock(honest.clock(), zone);
  }
}
