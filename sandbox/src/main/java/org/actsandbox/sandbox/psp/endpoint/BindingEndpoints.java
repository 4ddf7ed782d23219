package org.actsandbox.sandbox.psp.endpoint;

import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the endpoints that bind payment instruments to agents (ACT PSD-1): ask, show, confirm. */
@RestController
@RequestMapping("/w/{world}/psp/bindings")
class BindingEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PMT_BND;

  @EndpointSummary("Ask for the binding of a payment instrument to an agent")
  @WireMessages(
      takes = InstrumentBindings.BindingRequest.class,
      status = {201, 200})
  @PostMapping
  ResponseEntity<InstrumentBindings.Shown> ask(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var principal = CallerSubjects.principal(caller);
          var request =
              JsonMessage.parse(body)
                  .bind(
                      InstrumentBindings.BindingRequest.class,
                      (asked, mistakes) -> psp.bindings().checkLimit(principal, asked, mistakes));
          return answer(psp.bindings().ask(principal, request));
        });
  }

  @EndpointSummary("Read what the confirmation of a binding would consent to")
  @GetMapping("/{id}")
  InstrumentBindings.Shown show(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    return psp.bindings().show(CallerSubjects.principal(caller), id);
  }

  /** Takes the PIN together with the digest of exactly the content that was shown. */
  @EndpointSummary("Confirm or decline a binding")
  @WireMessages(
      takes = ApprovalRequest.class,
      status = {201, 200})
  @PostMapping("/{id}/confirmation")
  ResponseEntity<InstrumentBindings.Shown> decide(
      Psp psp,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String id,
      @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var principal = CallerSubjects.principal(caller);
          var decision = JsonMessage.parse(body).bind(ApprovalRequest.class);
          return answer(psp.bindings().decide(principal, id, decision));
        });
  }

  private static ResponseEntity<InstrumentBindings.Shown> answer(
      InstrumentBindings.Outcome outcome) {
    return ResponseEntity.status(outcome.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(outcome.shown());
  }
}
