package org.actsandbox.sandbox.psp;

import java.net.URI;
import java.util.Optional;
import org.actsandbox.protocol.notification.NotificationEvent;

/**
 * Makes notices of payments in Alipay's form, a signed HTML form, for payments whose seller named
 * an address when it asked for the payment.
 */
@FunctionalInterface
public interface FormNotices {

  FormNotices NONE = (_, _, _) -> Optional.empty();

  /**
   * Represents a notice to send.
   *
   * @param body a form that is signed, the same bytes at every attempt
   */
  record FormNotice(URI url, String body) {}

  /**
   * Makes the notice in the transaction of the event, in which the payment is stored already.
   *
   * @param notificationId number of ACT's notification of the same event
   * @return empty for a payment in another form, and one without an address
   */
  Optional<FormNotice> of(String notificationId, NotificationEvent event, String tradeNo);
}
