package org.actsandbox.web.console.principal;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.actsandbox.web.console.port.PaymentReader;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notices the payments that wait for the principal at the cashier. It looks only at the newest
 * payments.
 */
@Component
@Order(1)
class PaymentNotices implements NoticeSource {

  private final PaymentReader paymentReader;

  PaymentNotices(PaymentReader paymentReader) {
    this.paymentReader = paymentReader;
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    var waiting =
        paymentReader.newest(world, principal, null).items().stream()
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
