package org.actsandbox.sandbox.dispute;

import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
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
 * Disputes over HTTP (TSD-ATT-DSP). Below the world for the principal and the parties, where the
 * journal sees who tried; below the control API for the operator.
 */
@RestController
@RequestMapping({"/w/{world}/trust/disputes", "/api/worlds/{world}/disputes"})
class DisputeEndpoints {

  /** No agent's key opens a dispute. */
  @Summary("Open a dispute about a paid order")
  @OnTheWire(
      takes = Disputes.Wish.class,
      status = {201, 200})
  @PostMapping
  ResponseEntity<Views.DisputeView> open(
      Disputes disputes,
      @OnlyFor({Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestBody byte[] body) {
    var opened = disputes.open(Message.parse(body).bind(Disputes.Wish.class), caller);
    return ResponseEntity.status(opened.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(opened.dispute());
  }

  /** Newest first; of one order all at once. */
  @Summary("List disputes")
  @GetMapping
  Page<Views.DisputeView> list(
      Disputes disputes,
      @OnlyFor({Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT}) Caller caller,
      @RequestParam(name = "order_no", required = false) @Nullable String orderNo,
      @RequestParam(required = false) @Nullable String cursor) {
    return disputes.list(caller, orderNo, cursor);
  }

  @Summary("Read a dispute")
  @GetMapping("/{disputeId}")
  Views.DisputeView get(
      Disputes disputes,
      @OnlyFor({Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT}) Caller caller,
      @PathVariable String disputeId) {
    return disputes.get(disputeId, caller);
  }

  @Summary("Withdraw a dispute")
  @PostMapping("/{disputeId}/withdraw")
  Views.DisputeView withdraw(
      Disputes disputes,
      @OnlyFor({Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @PathVariable String disputeId) {
    return disputes.withdraw(disputeId, caller);
  }

  /** A party's evidence, for its signature; needs no key. */
  @Summary("Bring a party's statement in a dispute")
  @OnTheWire(takes = Evidence.class)
  @PostMapping("/{disputeId}/statements")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void answer(Disputes disputes, @PathVariable String disputeId, @RequestBody byte[] body) {
    disputes.answer(disputeId, Message.parse(body).raw());
  }
}
