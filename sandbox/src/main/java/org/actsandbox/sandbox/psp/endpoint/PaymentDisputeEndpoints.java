package org.actsandbox.sandbox.psp.endpoint;

import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.rule.ActComponent;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the dispute service, which identifies itself by its signature: evidence, findings,
 * refunds.
 */
@RestController
@RequestMapping("/w/{world}/psp/disputes")
class PaymentDisputeEndpoints {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  @EndpointSummary("Ask the payment service for evidence in a dispute")
  @WireMessages(takes = EvidenceRequest.class)
  @PostMapping("/evidence")
  EvidenceResponse evidence(Psp psp, @RequestBody byte[] body) {
    return psp.paymentEvidence().answer(body);
  }

  @EndpointSummary("Tell the payment service the finding of a dispute")
  @WireMessages(takes = Finding.class)
  @PostMapping("/findings")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finding(Psp psp, @RequestBody byte[] body) {
    psp.paymentEvidence().receiveFinding(body);
  }

  @EndpointSummary("Order the refund a dispute was decided with")
  @WireMessages(takes = PspMessages.RefundRequest.class)
  @PostMapping("/refunds")
  PspMessages.Refund refund(Psp psp, Caller caller, @RequestBody byte[] body) {
    return psp.journalled(caller, COMPONENT, Map.of(), () -> psp.refunds().refundByFinding(body));
  }
}
