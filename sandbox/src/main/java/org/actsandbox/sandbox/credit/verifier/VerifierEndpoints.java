package org.actsandbox.sandbox.credit.verifier;

import java.time.Duration;
import java.util.regex.Pattern;
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
import org.actsandbox.protocol.payment.ApprovalRequest;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves the verifier, with the paths of the published profile, and what principals decide. */
@RestController
@RequestMapping("/w/{world}/credit-verifier")
class VerifierEndpoints {

  private static final Pattern WAIT = Pattern.compile("\\bwait=([0-9]{1,4})\\b");

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

  /**
   * Verifies for relying parties, which identify themselves by the proof of the request.
   *
   * @param prefer {@code wait=SECONDS} (RFC 7240): a request for credit without an authorization
   *     waits that long, 50 seconds at most, for its subject to confirm it
   */
  @EndpointSummary("Verify a credential or the credit behind it")
  @WireMessages(takes = CreditVerificationRequest.class, answers = CreditVerificationResponse.class)
  @PostMapping("/v1/verifications")
  ResponseEntity<byte[]> verify(
      CreditVerifier verifier,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestBody byte[] body) {
    return json(HttpStatus.OK, verifier.verify(body, patience(prefer)));
  }

  private static Duration patience(@Nullable String prefer) {
    var wait = WAIT.matcher(prefer == null ? "" : prefer);
    if (!wait.find()) {
      return Duration.ZERO;
    }
    var wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return wanted.compareTo(RequestConfirmations.MOST_PATIENCE) < 0
        ? wanted
        : RequestConfirmations.MOST_PATIENCE;
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

  /** Lists requests for credit that came without an authorization, while they wait. */
  @EndpointSummary("List the requests that wait for one's confirmation")
  @GetMapping("/authorizations/waiting")
  Page<RequestConfirmations.Waiting> waiting(
      CreditVerifier verifier, @AllowedRoles(Role.PRINCIPAL) Caller caller) {
    return verifier.confirmations().of(QueryAuthorizations.own(caller));
  }

  @EndpointSummary("Confirm one waiting request with the PIN, or decline it")
  @WireMessages(
      takes = ApprovalRequest.class,
      answers = CreditQueryAuthorization.class,
      status = 201)
  @PostMapping("/authorizations/waiting/{verificationRecordId}")
  ResponseEntity<byte[]> decide(
      CreditVerifier verifier,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String verificationRecordId,
      @RequestBody byte[] body) {
    return verifier
        .confirmations()
        .decide(verificationRecordId, JsonMessage.parse(body).bind(ApprovalRequest.class), caller)
        .map(granted -> json(HttpStatus.CREATED, granted))
        .orElseGet(() -> ResponseEntity.noContent().build());
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
