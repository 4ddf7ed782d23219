package org.actsandbox.sandbox.mutant.merchant;

import java.time.ZoneId;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/**
 * Lives in another time zone than its goods.
 *
 * @param zone whose midnight it takes for its own
 */
record WrongCalendar(ZoneId zone) implements MerchantDefect {

  @Override
  public MerchantWorld surroundings(MerchantWorld honest) {
    return honest.livingBy(honest.clock(), zone);
  }
}
