package org.actsandbox.sandbox.psp;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.authority.DelegationSums;
import org.actsandbox.sandbox.psp.authority.Preferences;
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
 * Directed (L2) and autonomous (L3) payments, and what the payment service knows of delegations.
 */
@RestController
@RequestMapping("/w/{world}/psp")
class DelegatedEndpoints {

  private static final ActComponent LIFE = ActComponent.ADD_IAC_LCM;

  record Heard(String delegationId, String state) {}

  @Summary("Pay with a delegation for a specified purchase")
  @OnTheWire(
      takes = DelegatedPaymentRequest.class,
      status = {201, 200})
  @PostMapping("/delegated-payments")
  ResponseEntity<Payment> directed(
      Psp psp, @OnlyFor(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return pay(psp, caller, body, DelegationMode.SPECIFIED);
  }

  @Summary("Pay with a bounded delegation, autonomously")
  @OnTheWire(
      takes = DelegatedPaymentRequest.class,
      status = {201, 200})
  @PostMapping("/autonomous-payments")
  ResponseEntity<Payment> autonomous(
      Psp psp, @OnlyFor(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return pay(psp, caller, body, DelegationMode.BOUNDED);
  }

  private static ResponseEntity<Payment> pay(
      Psp psp, Caller caller, byte[] body, DelegationMode mode) {
    var taken =
        psp.journalled(
            caller,
            DelegatedPayments.component(mode),
            ids(body),
            () -> psp.delegatedPayments().take(body, Callers.agent(caller), mode));
    return ResponseEntity.status(taken.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(psp.payments().view(taken.trade(), caller));
  }

  /** What a refusal is about, as far as the body can be read. */
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
      // The refusal itself says so; it is about nothing that has an id.
      return Map.of();
    }
    return ids;
  }

  /** Signed by the status service, so it needs no key. */
  @Summary("Hear that a delegation changed its state")
  @OnTheWire(takes = StatusChange.class)
  @PostMapping("/delegation-states")
  Heard told(Psp psp, Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        LIFE,
        Map.of(),
        () -> {
          var change = psp.delegationStates().told(body);
          return new Heard(change.delegationId(), change.state().code());
        });
  }

  @Summary("Read what was paid with a delegation")
  @GetMapping("/delegations/{delegationId}")
  DelegationSums sums(
      Psp psp,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return psp.sums(delegationId, caller);
  }

  @Summary("Read which payments a principal wants to be asked about")
  @GetMapping("/preferences")
  Preferences.Shown preferences(
      Psp psp,
      @OnlyFor({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId) {
    var whose = Callers.whose(caller, principalId);
    return psp.preferences().get(whose == null ? Principals.FIRST : whose);
  }

  @Summary("Say which payments a principal wants to be asked about")
  @OnTheWire(takes = Preferences.Wish.class)
  @PostMapping("/preferences")
  Preferences.Shown prefer(
      Psp psp, @OnlyFor(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        ActComponent.PSD_PAY_DEL,
        Map.of(),
        () -> {
          var principal = Callers.principal(caller);
          return psp.preferences().set(principal, Message.parse(body).bind(Preferences.Wish.class));
        });
  }
}
