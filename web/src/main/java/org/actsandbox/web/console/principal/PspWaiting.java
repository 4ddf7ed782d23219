package org.actsandbox.web.console.principal;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.frame.Frame;
import org.actsandbox.web.console.frame.WaitingThings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Payments among the newest that wait for the principal at the cashier. */
@Component
@Order(1)
class PspWaiting implements WaitingThings {

  @Override
  public List<Frame.Waiting> in(World world, Caller you) {
    var waiting =
        world.part(Psp.class).payments().list(you, null, null).items().stream()
            .filter(payment -> payment.status() == PaymentStatus.WAITING_FOR_APPROVAL)
            .filter(payment -> payment.expiresAt().isAfter(world.clock().instant()))
            .toList();
    return waiting.isEmpty()
        ? List.of()
        : List.of(
            new Frame.Waiting(
                "payments", waiting.size(), cashier(world, waiting.getLast().tradeNo())));
  }

  private static String cashier(World world, String tradeNo) {
    return world.name().equals(Worlds.DEMO)
        ? "/cashier/" + tradeNo
        : "/w/" + world.name() + "/cashier/" + tradeNo;
  }
}
