package org.actsandbox.merchants.notification;

import org.actsandbox.merchants.Merchant;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.payment.Messages;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the PSP posts; its signature is the proof of who it is. */
@RestController
public class NotificationEndpoint {

  @Summary("Notify a merchant of a payment")
  @OnTheWire(takes = Messages.Notification.class)
  @PostMapping("/w/{world}/merchants/{merchant}/notifications")
  Inbox.Receipt receive(Merchant merchant, @RequestBody byte[] body) {
    return merchant.inbox().receive(body);
  }
}
