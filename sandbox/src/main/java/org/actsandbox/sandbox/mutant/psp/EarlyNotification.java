package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;

/** A defect of the payment service: it notifies the merchant of a payment before it is approved. */
final class EarlyNotification implements PspDefect {

  @Override
  public PaymentAdmission admission(PaymentAdmission standard, PspWorld world) {
    var notifications = new Notifications(world);
    return (body, caller) -> {
      var admittedPayment = standard.take(body, caller);
      if (admittedPayment.fresh()) {
        world.inTransaction(
            () -> notifications.add(NotificationEvent.PAYMENT_SUCCEEDED, admittedPayment.trade()));
        // The service's own queue sends it when it is due.
        world.agenda().wakeAt(world.now().plus(NotificationDeliveries.firstPause()));
      }
      return admittedPayment;
    };
  }
}
