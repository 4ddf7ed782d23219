package org.actsandbox.web.console.cashier;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;

/**
 * One look of a principal at one payment at the cashier.
 *
 * @param section the frame of the page: {@code cashier} in the console, {@code phone} behind a link
 */
public record CashierVisit(
    PageRequest pageRequest, World world, Caller principal, String tradeNo, String section) {

  public CashierVisit {
    PathId.require(tradeNo, "payment", "trade_no");
  }

  boolean isOnPhone() {
    return section.equals("phone");
  }

  String approval() {
    return "/psp/payments/" + tradeNo + "/approval";
  }
}
