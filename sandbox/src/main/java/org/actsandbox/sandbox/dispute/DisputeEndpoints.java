package org.actsandbox.sandbox.dispute;

import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
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
 * Serves disputes (TSD-ATT-DSP): below the world for the principal and the parties, where the
 * journal records all calls, and below the control API for the operator.
 */
@RestController
@RequestMapping({"/w/{world}/trust/disputes", "/api/worlds/{world}/disputes"})
class DisputeEndpoints {

  /** Opens a dispute; agents' keys are refused here. */
  @EndpointSummary("Open a dispute about a paid order")
  @WireMessages(
      takes = Disputes.DisputeRequest.class,
      status = {201, 200})
  @PostMapping
  ResponseEntity<DisputeViews.DisputeView> open(
      Disputes disputes,
      @AllowedRoles({Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestBody byte[] body) {
    var openedDispute =
        disputes.open(JsonMessage.parse(body).bind(Disputes.DisputeRequest.class), caller);
    return ResponseEntity.status(openedDispute.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(openedDispute.dispute());
  }

  /**
   * Lists disputes, newest first; those of one order number all on one page, of one {@code
   * merchant} or of all that use the number.
   */
  @EndpointSummary("List disputes")
  @GetMapping
  Page<DisputeViews.DisputeView> list(
      Disputes disputes,
      @AllowedRoles({Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT}) Caller caller,
      @RequestParam(name = "order_no", required = false) @Nullable String orderNo,
      @RequestParam(required = false) @Nullable String merchant,
      @RequestParam(required = false) @Nullable String cursor) {
    return disputes.list(caller, orderNo, merchant, cursor);
  }

  @EndpointSummary("Read a dispute")
  @GetMapping("/{disputeId}")
  DisputeViews.DisputeView get(
      Disputes disputes,
      @AllowedRoles({Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT}) Caller caller,
      @PathVariable String disputeId) {
    return disputes.get(disputeId, caller);
  }

  @EndpointSummary("Withdraw a dispute")
  @PostMapping("/{disputeId}/withdraw")
  DisputeViews.DisputeView withdraw(
      Disputes disputes,
      @AllowedRoles({Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @PathVariable String disputeId) {
    return disputes.withdraw(disputeId, caller);
  }

  /** Takes a party's evidence; its signature identifies the party, so it needs no key. */
  @EndpointSummary("Bring a party's statement in a dispute")
  @WireMessages(takes = EvidenceResponse.class)
  @PostMapping("/{disputeId}/statements")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void answer(Disputes disputes, @PathVariable String disputeId, @RequestBody byte[] body) {
    disputes.answer(disputeId, JsonMessage.parse(body).raw());
  }
}
