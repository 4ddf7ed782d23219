package org.actsandbox.sandbox.psp.endpoint;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.payment.DecisionWaiters;
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

/** Serves instant payments: the agent requests them, the principal decides at the cashier. */
@RestController
@RequestMapping("/w/{world}/psp/payments")
class PaymentEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  @EndpointSummary("Request an instant payment")
  @WireMessages(
      takes = InstantPaymentRequest.class,
      status = {201, 200})
  @PostMapping
  ResponseEntity<Payment> pay(
      Psp psp,
      @AllowedRoles(Role.AGENT) Caller caller,
      CallerAddress address,
      @RequestBody byte[] body) {
    var admittedPayment =
        psp.journalled(
            caller,
            COMPONENT,
            Map.of(),
            () -> psp.instantPayments().take(body, CallerSubjects.agent(caller)));
    return ResponseEntity.status(admittedPayment.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(psp.payments().view(admittedPayment.trade(), caller).seenFrom(address));
  }

  @EndpointSummary("List payments")
  @GetMapping
  Page<Payment> list(
      Psp psp,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL}) Caller caller,
      CallerAddress address,
      @RequestParam(name = "request_id", required = false) @Nullable String requestId,
      @RequestParam(name = "delegation_id", required = false) @Nullable String delegationId,
      @RequestParam(required = false) @Nullable String cursor) {
    var page = psp.payments().list(caller, requestId, delegationId, cursor);
    return new Page<>(
        page.items().stream().map(payment -> payment.seenFrom(address)).toList(), page.next());
  }

  @EndpointSummary("Read a payment, or wait until it moves on")
  @GetMapping("/{tradeNo}")
  Payment get(
      Psp psp,
      @AllowedRoles({Role.AGENT, Role.PRINCIPAL, Role.MERCHANT}) Caller caller,
      CallerAddress address,
      @PathVariable String tradeNo,
      @RequestParam(name = "wait_seconds", defaultValue = "0") int waitSeconds) {
    var longest = Duration.ofSeconds(waitSeconds);
    if (longest.isNegative() || longest.compareTo(DecisionWaiters.MAX_WAIT) > 0) {
      throw FieldChecks.invalid("wait_seconds", "0 to 25", String.valueOf(waitSeconds));
    }
    return psp.payments().get(tradeNo, caller, longest).seenFrom(address);
  }

  @EndpointSummary("Close a payment that was not approved")
  @PostMapping("/{tradeNo}/close")
  Payment close(
      Psp psp,
      @AllowedRoles(Role.AGENT) Caller caller,
      FollowUpTasks followUpTasks,
      @PathVariable String tradeNo) {
    holdWaitersUntilAnswered(psp, followUpTasks, tradeNo);
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(JournalIds.TRADE_NO, tradeNo),
        () -> psp.payments().close(tradeNo, caller));
  }

  @EndpointSummary("Read what the approval of a payment would sign")
  @GetMapping("/{tradeNo}/approval")
  Cashier.View cashier(
      Psp psp,
      @AllowedRoles(value = Role.PRINCIPAL, checkedByEndpoint = true) Caller caller,
      @PathVariable String tradeNo) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(JournalIds.TRADE_NO, tradeNo),
        () -> {
          psp.approvals().admit(caller);
          return psp.approvals().show(tradeNo, caller);
        });
  }

  /** Decides a payment; agents' keys are refused here. */
  @EndpointSummary("Approve or decline a payment")
  @WireMessages(takes = ApprovalRequest.class)
  @PostMapping("/{tradeNo}/approval")
  Payment decide(
      Psp psp,
      @AllowedRoles(value = Role.PRINCIPAL, checkedByEndpoint = true) Caller caller,
      FollowUpTasks followUpTasks,
      @PathVariable String tradeNo,
      @RequestBody byte[] body) {
    holdWaitersUntilAnswered(psp, followUpTasks, tradeNo);
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(JournalIds.TRADE_NO, tradeNo),
        () -> {
          psp.approvals().admit(caller);
          var request = JsonMessage.parse(body).bind(ApprovalRequest.class);
          return psp.payments().view(psp.approvals().decide(tradeNo, request, caller), caller);
        });
  }

  /** Holds waiting queries back until the decision itself is in the journal. */
  private static void holdWaitersUntilAnswered(
      Psp psp, FollowUpTasks followUpTasks, String tradeNo) {
    psp.waiters().hold(tradeNo);
    followUpTasks.run(() -> psp.waiters().release(tradeNo));
  }
}
