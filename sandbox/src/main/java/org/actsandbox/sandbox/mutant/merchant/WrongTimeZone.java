package org.actsandbox.sandbox.mutant.merchant;

import java.time.ZoneId;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/**
 * Lives in another time zone than its goods.
 *
 * @param zone whose midnight it takes for its own
 */
record WrongTimeZone(ZoneId zone) implements MerchantDefect {

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withClock(honest.clock(), zone);
  }
}
