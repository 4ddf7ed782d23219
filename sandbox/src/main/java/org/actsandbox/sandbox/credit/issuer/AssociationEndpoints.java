package org.actsandbox.sandbox.credit.issuer;

import org.actsandbox.protocol.credit.AssociationApplication;
import org.actsandbox.protocol.credit.AssociationConfirmation;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.AssociationStatusChange;
import org.actsandbox.protocol.credit.DirectPreparation;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.credit.CreditOwner;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the issuer of association credentials, with the paths of the published profile. */
@RestController
@RequestMapping("/w/{world}/credit-issuer")
class AssociationEndpoints {

  @EndpointSummary("Apply for an association credential")
  @WireMessages(
      takes = AssociationApplication.class,
      answers = AssociationApplication.class,
      status = 201)
  @PostMapping("/v1/association-applications")
  ResponseEntity<byte[]> apply(
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestBody byte[] body) {
    return json(HttpStatus.CREATED, issuer.apply(body, caller));
  }

  @EndpointSummary("Prepare what a subject signs itself")
  @PostMapping("/v1/association-applications/{applicationId}/preparations")
  DirectPreparation prepare(
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @PathVariable String applicationId) {
    return issuer.prepare(applicationId, caller);
  }

  @EndpointSummary("Confirm an application, which issues the credential")
  @WireMessages(
      takes = AssociationConfirmation.class,
      answers = AssociationCredential.class,
      status = 201)
  @PostMapping("/v1/association-applications/{applicationId}/confirmations")
  ResponseEntity<byte[]> confirm(
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @PathVariable String applicationId,
      @RequestBody byte[] body) {
    var confirmation = JsonMessage.parse(body).bind(AssociationConfirmation.class);
    return json(HttpStatus.CREATED, issuer.confirm(applicationId, confirmation, caller));
  }

  @EndpointSummary("Read a credential of one's own")
  @WireMessages(answers = AssociationCredential.class)
  @GetMapping("/v1/association-credentials/{credentialId}")
  ResponseEntity<byte[]> credential(
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @PathVariable String credentialId) {
    return json(HttpStatus.OK, issuer.held(credentialId, caller).credential());
  }

  /** Tells holders of a credential its state; it needs no key, and has nothing of the credit. */
  @EndpointSummary("Read the current state of a credential")
  @GetMapping("/v1/association-credentials/{credentialId}/status")
  AssociationStatus status(AssociationIssuer issuer, @PathVariable String credentialId) {
    return issuer.status(credentialId);
  }

  @EndpointSummary("Order the suspension of a credential")
  @WireMessages(takes = AssociationStatusChange.class)
  @PostMapping("/v1/association-credentials/{credentialId}/suspensions")
  AssociationStatus suspend(
      AssociationIssuer issuer, @PathVariable String credentialId, @RequestBody byte[] body) {
    return issuer.order(credentialId, body, AssociationState.SUSPENDED);
  }

  @EndpointSummary("Order that a suspended credential resumes")
  @WireMessages(takes = AssociationStatusChange.class)
  @PostMapping("/v1/association-credentials/{credentialId}/resumptions")
  AssociationStatus resume(
      AssociationIssuer issuer, @PathVariable String credentialId, @RequestBody byte[] body) {
    return issuer.order(credentialId, body, AssociationState.ACTIVE);
  }

  @EndpointSummary("Order the revocation of a credential")
  @WireMessages(takes = AssociationStatusChange.class)
  @PostMapping("/v1/association-credentials/{credentialId}/revocations")
  AssociationStatus revoke(
      AssociationIssuer issuer, @PathVariable String credentialId, @RequestBody byte[] body) {
    return issuer.order(credentialId, body, AssociationState.REVOKED);
  }

  /**
   * Lists credentials, the newest first.
   *
   * @param principalId the principal of whom an agent asks; without it the first one
   */
  @EndpointSummary("List one's credentials and their states")
  @GetMapping("/associations")
  Page<AssociationIssuer.Held> associations(
      AssociationIssuer issuer,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId,
      @RequestParam(required = false) @Nullable String cursor) {
    var owner = CreditOwner.of(caller, principalId);
    return issuer.held(owner.principal(), owner.agent(), cursor);
  }

  private static ResponseEntity<byte[]> json(HttpStatus status, Object body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.bytes(body));
  }
}
