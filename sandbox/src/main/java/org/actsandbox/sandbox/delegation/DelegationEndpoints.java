package org.actsandbox.sandbox.delegation;

import java.util.Map;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Authority over HTTP: agents ask for it, the principal gives and takes it (ACT ADD). */
@RestController
@RequestMapping("/w/{world}/delegations")
class DelegationEndpoints {

  private static final ActComponent INTENT = ActComponent.ADD_INT_ICS;
  private static final ActComponent ISSUANCE = ActComponent.ADD_IAC_ISS;
  private static final ActComponent LIFE = ActComponent.ADD_IAC_LCM;

  /** Why it is suspended or revoked. */
  record Reason(@Nullable String reason) {}

  /**
   * @param pin the principal's payment PIN: what was stopped does not go on without it
   */
  record Resumption(@Nullable String reason, @Nullable String pin) {

    @Override
    public String toString() {
      return "Resumption[]";
    }
  }

  @Summary("Ask for an authority with a draft of the intent")
  @OnTheWire(takes = Intents.Draft.class)
  @PostMapping("/intents")
  @ResponseStatus(HttpStatus.CREATED)
  Views.IntentView take(
      Delegations delegations, @OnlyFor(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return delegations.journalled(caller, INTENT, Map.of(), () -> delegations.take(body, caller));
  }

  @Summary("List intents")
  @GetMapping("/intents")
  Page<Views.IntentView> intents(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return delegations.intents(caller, cursor);
  }

  @Summary("Read an intent and what is still open")
  @GetMapping("/intents/{intentId}")
  Views.IntentView intent(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String intentId) {
    return delegations.intent(intentId, caller);
  }

  @Summary("Read what the confirmation of an intent would sign")
  @GetMapping("/intents/{intentId}/confirmation")
  Views.Confirmation confirmation(
      Delegations delegations,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @PathVariable String intentId) {
    return delegations.journalled(
        caller,
        ISSUANCE,
        Map.of(JournalIds.INTENT_ID, intentId),
        () -> delegations.confirmation(intentId, caller));
  }

  /** No agent's key opens it. */
  @Summary("Confirm or decline an intent, which issues the IAC")
  @OnTheWire(takes = ApprovalRequest.class)
  @PostMapping("/intents/{intentId}/confirmation")
  Views.IntentView decide(
      Delegations delegations,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @PathVariable String intentId,
      @RequestBody byte[] body) {
    return delegations.journalled(
        caller,
        ISSUANCE,
        Map.of(JournalIds.INTENT_ID, intentId),
        () -> {
          return delegations.decide(
              intentId, Message.parse(body).bind(ApprovalRequest.class), caller);
        });
  }

  @Summary("List delegations")
  @GetMapping("/iacs")
  Page<Views.DelegationView> delegations(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String cursor) {
    return delegations.delegations(caller, state(state), cursor);
  }

  @Summary("Read a delegation and its state")
  @GetMapping("/iacs/{delegationId}")
  Views.DelegationView delegation(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return delegations.delegation(delegationId, caller);
  }

  @Summary("Read the credential of a delegation (VC-JWT)")
  @GetMapping("/iacs/{delegationId}/credential")
  Views.Credential credential(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return delegations.credential(delegationId, caller);
  }

  /** For who holds a credential and wants to rely on it; needs no key. */
  @Summary("Read whether exactly this credential was issued, and its state")
  @GetMapping("/iacs/{delegationId}/status")
  IssuanceStatus issuance(
      Delegations delegations,
      @PathVariable String delegationId,
      @RequestParam(name = "iac_digest") String iacDigest) {
    return delegations.issuance(delegationId, iacDigest);
  }

  @Summary("Suspend a delegation")
  @OnTheWire(takes = Reason.class)
  @PostMapping("/iacs/{delegationId}/suspend")
  Views.DelegationView suspend(
      Delegations delegations,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(delegations, caller, delegationId, DelegationState.SUSPENDED, body);
  }

  @Summary("Resume a suspended delegation with the PIN")
  @OnTheWire(takes = Resumption.class)
  @PostMapping("/iacs/{delegationId}/resume")
  Views.DelegationView resume(
      Delegations delegations,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return delegations.journalled(
        caller,
        LIFE,
        Delegations.about(delegationId),
        () -> {
          var wish =
              body == null || body.length == 0
                  ? new Resumption(null, null)
                  : Message.parse(body).bind(Resumption.class);
          return delegations.resume(delegationId, wish.reason(), wish.pin(), caller);
        });
  }

  @Summary("Revoke a delegation")
  @OnTheWire(takes = Reason.class)
  @PostMapping("/iacs/{delegationId}/revoke")
  Views.DelegationView revoke(
      Delegations delegations,
      @OnlyFor({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(delegations, caller, delegationId, DelegationState.REVOKED, body);
  }

  /** For whoever relies on a credential; needs no key. */
  @Summary("Read a status list of delegations")
  @GetMapping("/status/{list}")
  StatusList status(Delegations delegations, @PathVariable int list) {
    return delegations.statusList(list);
  }

  private static @Nullable ShownState state(@Nullable String code) {
    try {
      return code == null ? null : ShownState.ofCode(code);
    } catch (IllegalArgumentException unknown) {
      throw Fields.invalid("state", "Pending, Active, Suspended, Expired or Revoked", code);
    }
  }

  private static Views.DelegationView move(
      Delegations delegations,
      Caller caller,
      String delegationId,
      DelegationState to,
      byte @Nullable [] body) {
    return delegations.journalled(
        caller,
        LIFE,
        Delegations.about(delegationId),
        () -> {
          var reason =
              body == null || body.length == 0
                  ? null
                  : Message.parse(body).bind(Reason.class).reason();
          return delegations.move(delegationId, to, reason, caller);
        });
  }
}
