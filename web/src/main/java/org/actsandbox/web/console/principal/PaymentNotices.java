package org.actsandbox.web.console.principal;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notices the payments that wait for the principal at the cashier. It looks only at the newest
 * payments.
 */
@Component
@Order(1)
class PaymentNotices implements NoticeSource {

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    var waiting =
        world.participant(Psp.class).payments().list(principal, null, null).items().stream()
            .filter(payment -> payment.status() == PaymentStatus.WAITING_FOR_APPROVAL)
            .filter(payment -> payment.expiresAt().isAfter(world.clock().instant()))
            .toList();
    return waiting.isEmpty()
        ? List.of()
        : List.of(
            new PageFrame.PageNotice(
                "payments", waiting.size(), cashier(world, waiting.getLast().tradeNo())));
  }

  private static String cashier(World world, String tradeNo) {
    return world.name().equals(Worlds.DEMO)
        ? "/cashier/" + tradeNo
        : "/w/" + world.name() + "/cashier/" + tradeNo;
  }
}
