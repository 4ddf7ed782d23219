package org.actsandbox.sandbox.psp.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.proof.Fulfilments;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves merchants, which call with their own key: proofs, fulfilments, refunds, notifications. */
@RestController
@RequestMapping("/w/{world}/psp")
class MerchantServiceEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  @EndpointSummary("Verify a payment proof")
  @WireMessages(takes = PspMessages.ProofQuery.class)
  @PostMapping("/proofs/verify")
  PspMessages.ProofAnswer verify(
      Psp psp, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var merchant = CallerSubjects.merchant(caller);
          return psp.proofs()
              .verify(JsonMessage.parse(body).bind(PspMessages.ProofQuery.class), merchant);
        });
  }

  @EndpointSummary("Confirm the fulfilment of an order")
  @WireMessages(takes = PspMessages.FulfilmentConfirmation.class)
  @PostMapping("/fulfilments")
  Fulfilments.Confirmed fulfilled(
      World world, Psp psp, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var merchant = CallerSubjects.merchant(caller);
          boolean isOutside = world.externalMerchants().find(merchant).isPresent();
          var confirmed = psp.fulfilments().confirm(body, merchant, !isOutside);
          if (isOutside) {
            // A merchant inside signs its confirmation again for who asks; this one cannot be
            // asked.
            world
                .externalMerchants()
                .orders()
                .delivered(
                    merchant,
                    Json.parse(body).path("out_trade_no").asString(),
                    new String(body, UTF_8));
          }
          return confirmed;
        });
  }

  @EndpointSummary("Refund a payment, or a part of it")
  @WireMessages(takes = PspMessages.RefundRequest.class)
  @PostMapping("/refunds")
  PspMessages.Refund refund(
      Psp psp, @AllowedRoles(Role.MERCHANT) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> psp.refunds().refund(body, CallerSubjects.merchant(caller)));
  }

  @EndpointSummary("Read a refund")
  @GetMapping("/refunds/{refundRequestId}")
  PspMessages.Refund refund(
      Psp psp, @AllowedRoles(Role.MERCHANT) Caller caller, @PathVariable String refundRequestId) {
    return psp.refunds().get(CallerSubjects.merchant(caller), refundRequestId);
  }

  @EndpointSummary("List the payment notifications of a merchant")
  @GetMapping("/notifications")
  Page<Notifications.NotificationView> notifications(
      Psp psp,
      @AllowedRoles(Role.MERCHANT) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return psp.notifications().log(CallerSubjects.merchant(caller), cursor);
  }

  @EndpointSummary("Send a payment notification again")
  @PostMapping("/notifications/{id}/resend")
  Notifications.NotificationView resend(
      Psp psp, @AllowedRoles(Role.MERCHANT) Caller caller, @PathVariable String id) {
    return psp.notifications().resend(CallerSubjects.merchant(caller), id);
  }
}
