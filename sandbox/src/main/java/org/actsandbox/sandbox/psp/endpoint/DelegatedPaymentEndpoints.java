package org.actsandbox.sandbox.psp.endpoint;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.authority.DelegationSums;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences.PreferenceRequest;
import org.actsandbox.sandbox.psp.delegated.DelegatedPayments;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/**
 * Serves the endpoints of directed (L2) and autonomous (L3) payments, and of what the payment
 * service knows of delegations.
 */
@RestController
@RequestMapping("/w/{world}/psp")
class DelegatedPaymentEndpoints {

  private static final ActComponent LIFECYCLE = ActComponent.ADD_IAC_LCM;

  record StateReceipt(String delegationId, String state) {}

  @EndpointSummary("Pay with a delegation for a specified purchase")
  @WireMessages(
      takes = DelegatedPaymentRequest.class,
      status = {201, 200})
  @PostMapping("/delegated-payments")
  ResponseEntity<Payment> directed(
      Psp psp, @AllowedRoles(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return pay(psp, caller, body, DelegationMode.SPECIFIED);
  }

  @EndpointSummary("Pay with a bounded delegation, autonomously")
  @WireMessages(
      takes = DelegatedPaymentRequest.class,
      status = {201, 200})
  @PostMapping("/autonomous-payments")
  ResponseEntity<Payment> autonomous(
      Psp psp, @AllowedRoles(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return pay(psp, caller, body, DelegationMode.BOUNDED);
  }

  private static ResponseEntity<Payment> pay(
      Psp psp, Caller caller, byte[] body, DelegationMode mode) {
    var admittedPayment =
        psp.journalled(
            caller,
            DelegatedPayments.component(mode),
            ids(body),
            () -> psp.delegatedPayments().take(body, CallerSubjects.agent(caller), mode));
    return ResponseEntity.status(admittedPayment.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(psp.payments().view(admittedPayment.trade(), caller));
  }

  /** Reads the ids that a refusal is about, as far as the body can be read. */
  private static Map<String, String> ids(byte[] body) {
    var ids = new HashMap<String, String>();
    try {
      var message = Json.parse(body);
      var delegation = message.path("delegation_id").asString("");
      var order = message.path("merchant_order_no").asString("");
      if (!delegation.isEmpty() && delegation.length() <= 64) {
        ids.put(JournalIds.DELEGATION_ID, delegation);
      }
      if (!order.isEmpty() && order.length() <= 64) {
        ids.put(JournalIds.ORDER_NO, order);
      }
    } catch (JacksonException unreadable) {
      // The refusal itself says that the body is unreadable; no id is known.
      return Map.of();
    }
    return ids;
  }

  /** Receives a change of state; the status service signs it, so it needs no key. */
  @EndpointSummary("Hear that a delegation changed its state")
  @WireMessages(takes = StatusChange.class)
  @PostMapping("/delegation-states")
  DelegatedPaymentEndpoints.StateReceipt stateChanged(
      Psp psp, Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        LIFECYCLE,
        Map.of(),
        () -> {
          var change = psp.delegationStates().receiveChange(body);
          return new DelegatedPaymentEndpoints.StateReceipt(
              change.delegationId(), change.state().code());
        });
  }

  @EndpointSummary("Read what was paid with a delegation")
  @GetMapping("/delegations/{delegationId}")
  DelegationSums sums(
      Psp psp,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return psp.delegationSums(delegationId, caller);
  }

  @EndpointSummary("Read which payments a principal wants to be asked about")
  @GetMapping("/preferences")
  PaymentPreferences.View preferences(
      Psp psp,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId) {
    var owner = CallerSubjects.owner(caller, principalId);
    return psp.preferences().get(owner == null ? Principals.FIRST : owner);
  }

  @EndpointSummary("Say which payments a principal wants to be asked about")
  @WireMessages(takes = PreferenceRequest.class)
  @PostMapping("/preferences")
  PaymentPreferences.View setPreferences(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        ActComponent.PSD_PAY_DEL,
        Map.of(),
        () -> {
          var principal = CallerSubjects.principal(caller);
          return psp.preferences()
              .set(principal, JsonMessage.parse(body).bind(PreferenceRequest.class));
        });
  }
}
