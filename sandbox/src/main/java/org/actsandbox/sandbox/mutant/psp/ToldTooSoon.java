package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.Admission;

/** Tells the merchant of a payment that nobody has approved yet. */
final class ToldTooSoon implements PspDefect {

  @Override
  public Admission admission(Admission standard, PspWorld world) {
    var notifications = new Notifications(world);
    return (body, caller) -> {
      var taken = standard.take(body, caller);
      if (taken.fresh()) {
        world.inTransaction(() -> notifications.add("payment_succeeded", taken.trade()));
        // The service's own queue sends it when it is due.
        world.agenda().note(world.now().plus(Notifications.firstPause()));
      }
      return taken;
    };
  }
}
