package org.actsandbox.sandbox.credit.verifier;

import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.QueryAuthorizationRevocation;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
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
import tools.jackson.databind.JsonNode;

/** Serves the verifier, with the paths of the published profile, and what principals decide. */
@RestController
@RequestMapping("/w/{world}/credit-verifier")
class VerifierEndpoints {

  /** Represents the principal's wish for an authorization. */
  record Wish(JsonNode authorization) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.object("authorization", authorization);
    }
  }

  /** Represents the principal's decision about what was shown. */
  record Grant(JsonNode content, @Nullable String digest, @Nullable String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.object("content", content);
      mistakes.text("digest", digest, 128);
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "Grant[]";
    }
  }

  /** Verifies for relying parties, which identify themselves by the proof of the request. */
  @EndpointSummary("Verify a credential or the credit behind it")
  @WireMessages(takes = CreditVerificationRequest.class, answers = CreditVerificationResponse.class)
  @PostMapping("/v1/verifications")
  ResponseEntity<byte[]> verify(CreditVerifier verifier, @RequestBody byte[] body) {
    return json(HttpStatus.OK, verifier.verify(body));
  }

  @EndpointSummary("Hand in a query authorization that its subject signed")
  @WireMessages(
      takes = CreditQueryAuthorization.class,
      answers = CreditQueryAuthorization.class,
      status = 201)
  @PostMapping("/v1/credit-query-authorizations")
  ResponseEntity<byte[]> authorize(
      CreditVerifier verifier,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestBody byte[] body) {
    return json(HttpStatus.CREATED, verifier.authorizations().create(body, caller));
  }

  @EndpointSummary("Order the end of a query authorization")
  @WireMessages(
      takes = QueryAuthorizationRevocation.class,
      answers = CreditQueryAuthorization.class)
  @PostMapping("/v1/credit-query-authorizations/{authorizationId}/revocations")
  ResponseEntity<byte[]> end(
      CreditVerifier verifier, @PathVariable String authorizationId, @RequestBody byte[] body) {
    return json(HttpStatus.OK, verifier.authorizations().revoke(authorizationId, body));
  }

  @EndpointSummary("Complete a query authorization to what the PIN would sign")
  @WireMessages(takes = Wish.class)
  @PostMapping("/authorizations/drafts")
  QueryAuthorizations.Draft draft(
      CreditVerifier verifier,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestBody byte[] body) {
    return verifier
        .authorizations()
        .draft(JsonMessage.parse(body).bind(Wish.class).authorization(), caller);
  }

  @EndpointSummary("Grant a query authorization with the PIN")
  @WireMessages(takes = Grant.class, answers = CreditQueryAuthorization.class, status = 201)
  @PostMapping("/authorizations")
  ResponseEntity<byte[]> grant(
      CreditVerifier verifier,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestBody byte[] body) {
    var grant = JsonMessage.parse(body).bind(Grant.class);
    return json(
        HttpStatus.CREATED,
        verifier.authorizations().grant(grant.content(), grant.digest(), grant.pin(), caller));
  }

  /**
   * Lists query authorizations, the newest first.
   *
   * @param principalId the principal of whom an agent asks; without it the first one
   */
  @EndpointSummary("List one's query authorizations")
  @GetMapping("/authorizations")
  Page<QueryAuthorizations.Granted> authorizations(
      CreditVerifier verifier,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId,
      @RequestParam(required = false) @Nullable String cursor) {
    var owner = CreditOwner.of(caller, principalId);
    return verifier.authorizations().of(owner.principal(), owner.agent(), cursor);
  }

  @EndpointSummary("Revoke a query authorization of one's own")
  @WireMessages(answers = CreditQueryAuthorization.class)
  @PostMapping("/authorizations/{authorizationId}/revoke")
  ResponseEntity<byte[]> revoke(
      CreditVerifier verifier,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String authorizationId) {
    return json(HttpStatus.OK, verifier.authorizations().revoke(authorizationId, caller));
  }

  @EndpointSummary("List who asked when about one's agents, or what one has asked")
  @GetMapping("/verifications")
  Page<CreditVerifier.Asked> asked(
      CreditVerifier verifier,
      @AllowedRoles({Role.PRINCIPAL, Role.MERCHANT}) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return verifier.asked(caller, cursor);
  }

  private static ResponseEntity<byte[]> json(HttpStatus status, JsonNode body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.bytes(body));
  }
}
