package org.actsandbox.sandbox.credit.institution;

import java.util.List;
import org.actsandbox.protocol.credit.AgentCreditAssertion;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.CreditValidityQuery;
import org.actsandbox.protocol.credit.MappingPolicy;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the credit service: to principals their statements and decisions, to the verifier the
 * validity of statements, to the operator what changes in the world.
 */
@RestController
@RequestMapping("/w/{world}/credit")
class CreditEndpoints {

  /** Represents the body with which a principal changes the state of a credential. */
  record StateOrder(@Nullable String reason, @Nullable String pin) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("reason", reason, 256);
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "StateOrder[]";
    }
  }

  /** Represents the operator's order that there is another statement about a principal. */
  record Correction(@Nullable String principal, int score) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("principal", principal, 128);
    }
  }

  /** Represents the operator's order that the rule has a new version. */
  record RuleChange(String version, int sharePercent, boolean retireOthers)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("version", version, 16);
    }
  }

  /** Represents a list of statements. */
  record Statements(List<CreditInstitution.OwnStatement> items) {}

  @EndpointSummary("Read what the credit service states about oneself")
  @GetMapping("/statements")
  Statements statements(
      CreditInstitution institution, @AllowedRoles(Role.PRINCIPAL) Caller caller) {
    return new Statements(institution.own(AssociationConfirmations.own(caller)));
  }

  /** Represents a list of applications. */
  record Applications(List<AssociationIssuer.Pending> items) {}

  /**
   * Lists what waits for the principal's confirmation, newest first: applications, and successors
   * of credentials whose statement or rule has changed.
   */
  @EndpointSummary("List the applications that wait for one's confirmation")
  @GetMapping("/applications")
  Applications applications(AssociationIssuer issuer, @AllowedRoles(Role.PRINCIPAL) Caller caller) {
    return new Applications(issuer.pending(AssociationConfirmations.own(caller)));
  }

  @EndpointSummary("Read what the credit service asserts about an agent of one's own")
  @GetMapping("/agent-assertions/{credentialId}")
  AgentCreditAssertion agentAssertion(
      CreditInstitution institution,
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @PathVariable String credentialId) {
    return institution.agentAssertion(issuer.held(credentialId, caller));
  }

  /** Answers the verifier, which identifies itself by its signature. */
  @EndpointSummary("Ask whether a statement and a rule still hold")
  @WireMessages(takes = CreditValidityQuery.class)
  @PostMapping("/validity")
  CreditValidity validity(CreditInstitution institution, @RequestBody byte[] body) {
    return institution.validity(body);
  }

  @EndpointSummary("Read what the confirmation of an association would make")
  @GetMapping("/applications/{applicationId}/confirmation")
  AssociationConfirmations.Shown confirmation(
      AssociationConfirmations confirmations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String applicationId) {
    return confirmations.show(applicationId, caller);
  }

  @EndpointSummary("Confirm or decline an association with the PIN")
  @WireMessages(takes = ApprovalRequest.class)
  @PostMapping("/applications/{applicationId}/confirmation")
  ResponseEntity<AssociationIssuer.Held> decide(
      AssociationConfirmations confirmations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String applicationId,
      @RequestBody byte[] body) {
    var held =
        confirmations.decide(
            applicationId, JsonMessage.parse(body).bind(ApprovalRequest.class), caller);
    return held == null ? ResponseEntity.noContent().build() : ResponseEntity.ok(held);
  }

  @EndpointSummary("Suspend an association of one's own")
  @WireMessages(takes = StateOrder.class)
  @PostMapping("/associations/{credentialId}/suspend")
  AssociationIssuer.Held suspend(
      AssociationConfirmations confirmations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String credentialId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(confirmations, caller, credentialId, AssociationState.SUSPENDED, body);
  }

  @EndpointSummary("Resume an association that one suspended, with the PIN")
  @WireMessages(takes = StateOrder.class)
  @PostMapping("/associations/{credentialId}/resume")
  AssociationIssuer.Held resume(
      AssociationConfirmations confirmations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String credentialId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(confirmations, caller, credentialId, AssociationState.ACTIVE, body);
  }

  @EndpointSummary("Revoke an association of one's own")
  @WireMessages(takes = StateOrder.class)
  @PostMapping("/associations/{credentialId}/revoke")
  AssociationIssuer.Held revoke(
      AssociationConfirmations confirmations,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String credentialId,
      @RequestBody(required = false) byte @Nullable [] body) {
    return move(confirmations, caller, credentialId, AssociationState.REVOKED, body);
  }

  @EndpointSummary("Have the credit service state something else about a principal")
  @WireMessages(takes = Correction.class)
  @PostMapping("/corrections")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void correct(
      CreditInstitution institution,
      AssociationIssuer issuer,
      @AllowedRoles(Role.OPERATOR) Caller caller,
      @RequestBody byte[] body) {
    var order = JsonMessage.parse(body).bind(Correction.class);
    institution.correct(principal(institution, order.principal()), order.score(), issuer);
  }

  @EndpointSummary("Have the credit service withdraw a statement")
  @PostMapping("/statements/{assertionId}/withdraw")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(
      CreditInstitution institution,
      AssociationIssuer issuer,
      @AllowedRoles(Role.OPERATOR) Caller caller,
      @PathVariable String assertionId) {
    institution.withdraw(assertionId, issuer);
  }

  @EndpointSummary("Have the credit service map by a new version of its rule")
  @WireMessages(takes = RuleChange.class)
  @PostMapping("/mapping-rules")
  MappingPolicy change(
      CreditInstitution institution,
      AssociationIssuer issuer,
      @AllowedRoles(Role.OPERATOR) Caller caller,
      @RequestBody byte[] body) {
    var order = JsonMessage.parse(body).bind(RuleChange.class);
    return institution.change(order.version(), order.sharePercent(), order.retireOthers(), issuer);
  }

  @EndpointSummary("Have the credit service forget a version of its rule")
  @PostMapping("/mapping-rules/{version}/retire")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retire(
      CreditInstitution institution,
      @AllowedRoles(Role.OPERATOR) Caller caller,
      @PathVariable String version) {
    institution.retire(FieldChecks.text("version", version, 16));
  }

  private static Did principal(CreditInstitution institution, @Nullable String named) {
    var principals = institution.world().principals();
    return named == null ? principals.dids().getFirst() : principals.require(named);
  }

  private static AssociationIssuer.Held move(
      AssociationConfirmations confirmations,
      Caller caller,
      String credentialId,
      AssociationState to,
      byte @Nullable [] body) {
    var order =
        body == null || body.length == 0
            ? new StateOrder(null, null)
            : JsonMessage.parse(body).bind(StateOrder.class);
    return confirmations.move(credentialId, to, order.reason(), order.pin(), caller);
  }
}
