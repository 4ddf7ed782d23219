package org.actsandbox.sandbox.mutant.merchant;

import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** A defect of a merchant: its clock is an hour ahead from April to September. */
final class SummerTimeClock implements MerchantDefect {

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withClock(() -> shifted(honest.clock().instant(), honest), honest.zone());
  }

  private static Instant shifted(Instant now, MerchantWorld world) {
    var month = now.atZone(world.zone()).getMonth();
    boolean summer = month.compareTo(Month.APRIL) >= 0 && month.compareTo(Month.SEPTEMBER) <= 0;
    return summer ? now.plus(Duration.ofHours(1)) : now;
  }
}
