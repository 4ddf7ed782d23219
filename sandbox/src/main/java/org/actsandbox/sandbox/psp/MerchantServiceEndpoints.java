package org.actsandbox.sandbox.psp;

import java.util.Map;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.Messages;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.notification.NotificationEntry;
import org.actsandbox.sandbox.psp.proof.Fulfilments;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What merchants ask and tell the payment service, with their own key. */
@RestController
@RequestMapping("/w/{world}/psp")
class MerchantServiceEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  @Summary("Verify a payment proof")
  @OnTheWire(takes = Messages.ProofQuery.class)
  @PostMapping("/proofs/verify")
  Messages.ProofAnswer verify(
      Psp psp, @OnlyFor(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var merchant = Callers.merchant(caller);
          return psp.proofs().verify(Message.parse(body).bind(Messages.ProofQuery.class), merchant);
        });
  }

  @Summary("Confirm the fulfilment of an order")
  @OnTheWire(takes = Messages.FulfilmentConfirmation.class)
  @PostMapping("/fulfilments")
  Fulfilments.Confirmed fulfilled(
      Psp psp, @OnlyFor(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> psp.fulfilments().confirm(body, Callers.merchant(caller)));
  }

  @Summary("Refund a payment, or a part of it")
  @OnTheWire(takes = Messages.RefundRequest.class)
  @PostMapping("/refunds")
  Messages.Refund refund(Psp psp, @OnlyFor(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller, COMPONENT, Map.of(), () -> psp.refunds().refund(body, Callers.merchant(caller)));
  }

  @Summary("Read a refund")
  @GetMapping("/refunds/{refundRequestId}")
  Messages.Refund refund(
      Psp psp, @OnlyFor(Role.MERCHANT) Caller caller, @PathVariable String refundRequestId) {
    return psp.refunds().get(Callers.merchant(caller), refundRequestId);
  }

  @Summary("List the payment notifications of a merchant")
  @GetMapping("/notifications")
  Page<NotificationEntry.Shown> notifications(
      Psp psp,
      @OnlyFor(Role.MERCHANT) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return psp.notifications().log(Callers.merchant(caller), cursor);
  }

  @Summary("Send a payment notification again")
  @PostMapping("/notifications/{id}/resend")
  NotificationEntry.Shown resend(
      Psp psp, @OnlyFor(Role.MERCHANT) Caller caller, @PathVariable String id) {
    return psp.notifications().resend(Callers.merchant(caller), id);
  }
}
