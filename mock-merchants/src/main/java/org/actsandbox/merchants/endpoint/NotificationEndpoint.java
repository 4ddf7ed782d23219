package org.actsandbox.merchants.endpoint;

import org.actsandbox.merchants.notification.NotificationInbox;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.payment.PspMessages;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives the payment service's notifications; the signature in the body identifies the caller.
 */
@RestController
public class NotificationEndpoint {

  @EndpointSummary("Notify a merchant of a payment")
  @WireMessages(takes = PspMessages.Notification.class)
  @PostMapping("/w/{world}/merchants/{merchant}/notifications")
  NotificationInbox.Receipt receive(Merchant merchant, @RequestBody byte[] body) {
    return merchant.inbox().receive(body);
  }
}
