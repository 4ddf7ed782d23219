package org.actsandbox.sandbox.delegation;

import java.util.Map;
import org.actsandbox.merchants.catalog.PublishedDocument;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves intents and delegations: agents ask for authority, the principal gives and revokes it (ACT
 * ADD).
 */
@RestController
@RequestMapping("/w/{world}/delegations")
class DelegationEndpoints {

  private static final ActComponent INTENT = ActComponent.ADD_INT_ICS;
  private static final ActComponent ISSUANCE = ActComponent.ADD_IAC_ISS;
  private static final ActComponent LIFECYCLE = ActComponent.ADD_IAC_LCM;

  /** Represents the reason of a suspension or revocation. */
  record Reason(@Nullable String reason) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("reason", reason, 256);
    }
  }

  /**
   * Represents the request body that resumes a delegation.
   *
   * @param pin the principal's payment PIN, without which a suspended delegation is not resumed
   */
  record Resumption(@Nullable String reason, @Nullable String pin) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("reason", reason, 256);
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "Resumption[]";
    }
  }

  @EndpointSummary("Ask for an authority with a draft of the intent")
  @WireMessages(takes = DelegationIntents.Draft.class)
  @PostMapping("/intents")
  @ResponseStatus(HttpStatus.CREATED)
  DelegationViews.IntentView take(
      Delegations delegations, @AllowedRoles(Role.AGENT) Caller caller, @RequestBody byte[] body) {
    return delegations.journalled(
        caller, INTENT, Map.of(), () -> delegations.takeDraft(body, caller));
  }

  @EndpointSummary("List intents")
  @GetMapping("/intents")
  Page<DelegationViews.IntentView> intents(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return delegations.intents(caller, cursor);
  }

  @EndpointSummary("Read an intent and what is still open")
  @GetMapping("/intents/{intentId}")
  DelegationViews.IntentView intent(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String intentId) {
    return delegations.intent(intentId, caller);
  }

  @EndpointSummary("Read what the confirmation of an intent would sign")
  @GetMapping("/intents/{intentId}/confirmation")
  DelegationViews.Confirmation confirmation(
      Delegations delegations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String intentId) {
    return delegations.journalled(
        caller,
        ISSUANCE,
        Map.of(JournalIds.INTENT_ID, intentId),
        () -> delegations.confirmation(intentId, caller));
  }

  /** Decides an intent; agents' keys are refused here. */
  @EndpointSummary("Confirm or decline an intent, which issues the IAC")
  @WireMessages(takes = ApprovalRequest.class)
  @PostMapping("/intents/{intentId}/confirmation")
  DelegationViews.IntentView decide(
      Delegations delegations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String intentId,
      @RequestBody byte[] body) {
    return delegations.journalled(
        caller,
        ISSUANCE,
        Map.of(JournalIds.INTENT_ID, intentId),
        () -> {
          return delegations.decide(
              intentId, JsonMessage.parse(body).bind(ApprovalRequest.class), caller);
        });
  }

  @EndpointSummary("List delegations")
  @GetMapping("/iacs")
  Page<DelegationViews.DelegationView> delegations(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String cursor) {
    return delegations.delegations(caller, state(state), cursor);
  }

  @EndpointSummary("Read a delegation and its state")
  @GetMapping("/iacs/{delegationId}")
  DelegationViews.DelegationView delegation(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return delegations.delegation(delegationId, caller);
  }

  @EndpointSummary("Read the credential of a delegation (VC-JWT)")
  @GetMapping("/iacs/{delegationId}/credential")
  DelegationViews.Credential credential(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId) {
    return delegations.credential(delegationId, caller);
  }

  /** Tells holders of a credential whether it was issued; it needs no key. */
  @EndpointSummary("Read whether exactly this credential was issued, and its state")
  @GetMapping("/iacs/{delegationId}/status")
  IssuanceStatus issuance(
      Delegations delegations,
      @PathVariable String delegationId,
      @RequestParam(name = "iac_digest") String iacDigest) {
    return delegations.issuance(delegationId, iacDigest);
  }

  @EndpointSummary("Suspend a delegation")
  @WireMessages(takes = Reason.class)
  @PostMapping("/iacs/{delegationId}/suspend")
  DelegationViews.DelegationView suspend(
      Delegations delegations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(delegations, caller, delegationId, DelegationState.SUSPENDED, body);
  }

  @EndpointSummary("Resume a suspended delegation with the PIN")
  @WireMessages(takes = Resumption.class)
  @PostMapping("/iacs/{delegationId}/resume")
  DelegationViews.DelegationView resume(
      Delegations delegations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return delegations.journalled(
        caller,
        LIFECYCLE,
        Delegations.journalIds(delegationId),
        () -> {
          var request =
              body == null || body.length == 0
                  ? new Resumption(null, null)
                  : JsonMessage.parse(body).bind(Resumption.class);
          return delegations.resume(delegationId, request.reason(), request.pin(), caller);
        });
  }

  @EndpointSummary("Revoke a delegation")
  @WireMessages(takes = Reason.class)
  @PostMapping("/iacs/{delegationId}/revoke")
  DelegationViews.DelegationView revoke(
      Delegations delegations,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String delegationId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(delegations, caller, delegationId, DelegationState.REVOKED, body);
  }

  /** Publishes a status list for relying parties; it needs no key. */
  @EndpointSummary("Read a status list of delegations")
  @WireMessages(answers = StatusList.class)
  @GetMapping("/status/{list}")
  ResponseEntity<byte[]> status(Delegations delegations, @PathVariable int list) {
    return PublishedDocument.of(delegations.statusList(list)).current();
  }

  private static @Nullable DelegationDisplayState state(@Nullable String code) {
    try {
      return code == null ? null : DelegationDisplayState.ofCode(code);
    } catch (IllegalArgumentException unknown) {
      throw FieldChecks.invalid("state", "Pending, Active, Suspended, Expired or Revoked", code);
    }
  }

  private static DelegationViews.DelegationView move(
      Delegations delegations,
      Caller caller,
      String delegationId,
      DelegationState to,
      byte @Nullable [] body) {
    return delegations.journalled(
        caller,
        LIFECYCLE,
        Delegations.journalIds(delegationId),
        () -> {
          var reason =
              body == null || body.length == 0
                  ? null
                  : JsonMessage.parse(body).bind(Reason.class).reason();
          return delegations.move(delegationId, to, reason, caller);
        });
  }
}
